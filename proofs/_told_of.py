"""People of whom everything is told that can be sealed about one, and their erasure as the command line does it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from proofs import _marked

COMPARTMENTS = frozenset({"identity", "narrative", "place", "reason", "emergency", "judgement"})
_WHY = "Hay que saber hoy mismo adonde la llevaron y con quien esta ahora."


def people(count: int, *, at: datetime) -> list[UUID]:
    """Hand them in; each gets an account, her whereabouts, who asked for them, who looked, and a reviewer's note."""
    from amparo.access.actors import MACHINE
    from amparo.casework.actions import catching_up
    from amparo.registries.actions.deliver import deliver

    taken = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(_marked.export(count)), at=at)
    catching_up.catch_up(actor=MACHINE, at=at)
    girls = sorted(taken.touched)
    for girl in girls:
        _tell(girl, at)
    _judge(girls, at)
    return girls


def erase(records: Sequence[UUID], *, at: datetime) -> Iterator[str]:
    """Erase them one by one; yields what did not end."""
    from amparo.access.actors import Actor
    from amparo.casework.actions import erasing
    from amparo.registries.actions.erasing import CAPABILITY

    officer = Actor("proof", capabilities=frozenset({CAPABILITY}))
    for record in records:
        done = erasing.erase(actor=officer, records=[record], basis="Ley 29733, art. 20", at=at)
        if done.done_at is None:
            yield "an erasure was not done"


def _tell(girl: UUID, at: datetime) -> None:
    from amparo.access.actors import Actor
    from amparo.casework.actions import emergency, noting, places
    from amparo.casework.actions.noting import Told

    may = frozenset({"event_write", "thread_read", "place_write", "place_read"})
    worker = Actor("worker", institution="pnp", unit="pnp", scope="all", capabilities=may)
    account = Told("atencion_servicio", at.date(), data={"servicio": "ALIMENTACION"}, narrative=_WHY)
    noting.note(actor=worker, person_id=girl, told=account, at=at)
    code = places.write(actor=worker, words="Pasaje sin nombre 8", person=girl, at=at)
    places.ask(actor=worker, code=code, words=_WHY, at=at)
    stranger = Actor(
        "stranger",
        institution="mimp",
        unit="cem",
        capabilities=frozenset({"break_glass"}),
        compartments=frozenset({"case"}),
    )
    emergency.break_glass(actor=stranger, person_id=girl, reason="RIESGO_VIDA", words=_WHY, parts=["case"], at=at)


def _judge(girls: Sequence[UUID], at: datetime) -> None:
    """Each is said to be another person than the next one, with words of the reviewer's own."""
    from amparo.access.actors import Actor
    from amparo.registries.actions import judging
    from amparo.registries.actions.judging import Answer

    reviewer = Actor("reviewer", institution="mimp", scope="all", capabilities=frozenset({"pair_judge"}))
    for one, other in zip(girls, [*girls[1:], girls[0]], strict=True):
        if one != other:
            judging.judge(actor=reviewer, answer=Answer(one, other, "not_same", "records", "Son hermanas"), at=at)
