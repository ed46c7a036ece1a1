"""Amparo's engine, as ``amparo link`` runs it."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.engines.linkage import batch, plain, train
from amparo.engines.linkage.decide import standing
from amparo.pack import loader, location
from bench.tools.answer import Answer, Label, Row


def link(rows: Sequence[Row], _label: Label) -> Answer:
    """Train on the records, link them, and score every pair that it joins or asks about."""
    tables = loader.load(location.default()).names
    records = sorted((plain.read(row)[0] for row in rows), key=lambda record: record.record_id)
    model = train.train(records, tables, seed=28950)
    pairs = batch.link(records, model, tables)
    groups = batch.people([record.record_id for record in records], pairs)
    told = batch.as_joined(pairs, groups)
    scored = [(pair.left, pair.right, standing(pair.score, pair.contradictions)) for pair in told]
    asked = [standing(pair.score, pair.contradictions) for pair in told if pair.verdict == "ask"]
    return Answer(scored, model.join, joined=groups, ask_from=min(asked, default=model.join))
