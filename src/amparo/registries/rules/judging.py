"""Which answer about two records counts, and who may give the next one. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from amparo.kernel.errors import Conflict

Edge = tuple[UUID, UUID]

OPENED_FROM_THREAD = "opened_from_thread"
"""The reason of an answer that nobody was asked for: an office opened a record of its own on somebody it was shown."""


class Kind(StrEnum):
    """What an answer can do: count by itself, count with a second one that agrees, or end a disagreement."""

    ALONE = "alone"
    OPINION = "opinion"
    RESOLUTION = "resolution"


class State(StrEnum):
    """How a pair stands among people."""

    DECIDED = "decided"
    UNSURE = "unsure"
    PENDING = "pending"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement as the fold needs it; ``undoes`` is the id of the judgement that it takes back."""

    id: UUID
    left: UUID
    right: UUID
    answer: str
    at: datetime
    undoes: UUID | None = None
    by: str = ""
    kind: str = Kind.ALONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What answers about one pair come to: the ``answer`` that takes effect (``unsure``: none) and who gave which.

    While two people disagree the records stay apart: showing one woman's file to another's worker is the worse error.
    """

    answer: str
    state: State
    said: tuple[Said, ...]

    def is_of(self, name: str) -> bool:
        """Whether somebody has part in how the pair stands."""
        return any(each.by == name for each in self.said)


def standing(judgements: Iterable[Said]) -> dict[Edge, Outcome]:
    """How each pair stands, by the answers that were not taken back.

    The result does not depend on the order in which judgements are given. Taking back the latest answer brings back
    what stood before it.
    """
    said = sorted(judgements, key=lambda judgement: (judgement.at, judgement.id))
    undone = {judgement.undoes for judgement in said if judgement.undoes is not None}
    live: dict[Edge, list[Said]] = defaultdict(list)
    for judgement in said:
        if judgement.id not in undone and judgement.undoes is None:
            live[judgement.left, judgement.right].append(judgement)
    return {edge: _outcome(answers) for edge, answers in live.items()}


def _outcome(live: Sequence[Said]) -> Outcome:
    """The latest answer that counts by itself, unless opinions came after it."""
    last = max((place for place, each in enumerate(live) if each.kind != Kind.OPINION), default=-1)
    base = live[last].answer if last >= 0 else "unsure"
    latest = {each.by: each for each in live[last + 1 :]}
    firm = tuple(each for each in latest.values() if each.answer != "unsure")
    if not firm:
        return _alone([*live[: last + 1], *latest.values()])
    answers = {each.answer for each in firm}
    if len(answers) > 1:
        return Outcome("not_same", State.DISPUTED, firm)
    if answers == {"not_same"} or len(firm) > 1:
        return Outcome(firm[0].answer, State.DECIDED, firm)
    return Outcome(base, State.PENDING, firm)


def _alone(live: Sequence[Said]) -> Outcome:
    """The latest answer; where it is ``unsure``, with everybody who could not say before."""
    if live[-1].answer != "unsure":
        return Outcome(live[-1].answer, State.DECIDED, (live[-1],))
    return Outcome("unsure", State.UNSURE, tuple(each for each in live if each.answer == "unsure"))


def kind_of_next(outcome: Outcome | None, *, by: str, answer: str, is_risky: bool) -> Kind:
    """What the next answer to a pair can do.

    To join two records where an error would be grave takes two people; to keep them apart takes one. Raises
    ``Conflict`` where the pair is decided or disputed, or where the same person gave the first opinion.
    """
    if outcome is None or outcome.state is State.UNSURE:
        return Kind.OPINION if answer == "same" and is_risky else Kind.ALONE
    if outcome.state is not State.PENDING:
        raise Conflict("judging.answered_meanwhile")
    if outcome.is_of(by):
        raise Conflict("judging.yours_already")
    return Kind.OPINION


def check_resolution(outcome: Outcome | None, *, by: str) -> None:
    """Raise ``Conflict`` unless two people disagree and somebody else is about to end it."""
    if outcome is None or outcome.state is not State.DISPUTED:
        raise Conflict("judging.not_disputed")
    if outcome.is_of(by):
        raise Conflict("judging.yours_already")


def may_see(outcome: Outcome | None, *, by: str, reader: str, resolves: bool) -> bool:
    """Whether a reader may see somebody's answer: her own always, another's only once it cannot sway her own."""
    if by == reader or outcome is None:
        return True
    if outcome.state is State.DISPUTED:
        return resolves and not outcome.is_of(reader)
    return outcome.state is not State.PENDING
