"""Linking records whose names nobody may hand over: keyed encodings instead of names.

Pure like the rest of linkage: the secret is passed in as text, files and clocks are the caller's.

========== ==================================================================================================
Module     What it offers
========== ==================================================================================================
secret     ``read`` and ``written``: the shared secret as text; what makes one too weak; ``Keys`` derived from it
parameters ``Parameters`` of the encoding, and the ``label`` that tells encodings apart that must not be compared
clk        ``LongTermKeys``: a name as a diffused Bloom filter of fixed length; ``likeness`` of two
facts      what of a record goes into which encoding, as text that never leaves the process
encode     ``Encoder.encode(fields)``: an ``Encoding``; ``is_telling``: whether a record's own number gives it away
encoding   ``Encoding`` as columns of a file and back; ``together``: refuses encodings that cannot be compared
levels     graded levels of a pair of encodings
train      a ``Model`` from unlabelled encodings, by expectation maximisation
link       ``link(encodings)``: pairs with verdicts, and the people they make
========== ==================================================================================================

The construction, its sources and what it does not protect from are in ``docs/encoded-linkage.md``.
"""
