"""Record linkage: which records of several institutions are about one human being.

Pure and usable without the rest of Amparo: no database, no clock, no network. What varies by country (nicknames,
abbreviations, particles, how common a name is) comes in as :class:`names.NameTables`.

========== ==================================================================================================
Module     What it offers
========== ==================================================================================================
fields     ``Fields``: what linkage may know of one record
names      ``NameTables``; ``split_full_name``; ``identity``: is this a name, initials, or nobody's
fold       ``strict`` and ``loose`` keys of a name
documents  ``read`` and ``likeness`` of document numbers; check characters
prepare    ``prepare(fields, tables)``: a record folded once, to be compared many times
block      ``keys(fields, tables)``: the compound keys under which candidates are found; ``query_keys`` for a search
compare    ``compare(a, b, tables)``, ``compare_prepared(a, b)``: a level per comparison (``levels``)
weigh      ``Model``: ``score(comparison)`` in bits, ``probability(score)``, ``to_json``, ``from_json``
shipped    ``shipped()``: the model for when there is too little data to train one
gate       ``contradictions(a, b, comparison)``: codes of what forbids joining alone
decide     ``verdict(score, contradictions, thresholds)``: ``join``, ``ask`` or ``no``
together   ``settled``: what third records say of the pairs of a batch
cluster    ``clusters(record_ids, joins, separations, doubts=…)``: people; human judgements always win
explain    ``explain(comparison, model)``: the evidence for and against, as codes with weights
pairing    blocks of records that share a key, and their pairs, as arrays
columns    many records as columns of numbers; ``vocabulary``: which of their names may agree at all
bounds     ``worthwhile(pairs, least)``: the pairs that can reach a score, without comparing them
ready      ``ready(records, tables)``: many records with all of these, made once for training and linking
batch      ``link(records, model, tables)``: all pairs of many records; ``score_one`` for one against candidates
train      ``train(records, tables, seed=…)``: a model from unlabelled records
em         Splink's expectation maximisation, on DuckDB in memory or on Spark
spread     work over several processes; ``packed``: how comparisons and pairs travel between them
plain      ``read``: a row of a plain file as ``Fields``
encoded    keyed encodings instead of names: made, read and linked
layout     ``Layout``, ``Piece``, ``read``: records of another country or source, declared in a few lines
pieces     levels of the columns that a layout adds
declared   ``link(entries, layout, tables, seed=…)``: learns and links them without labels
search     ``rank(query, candidates, tables)``: for a search box
========== ==================================================================================================

Batch and single scoring are the same functions on the same levels, so a pair has one score; a batch, which sees the
records around a pair, may join where a single record is asked about. All scores are in bits;
higher means more likely the same person. A trained model brings shares of common names with it: read records with
``batch.tables_for(model, tables)`` so that every score is made with the same shares.
"""
