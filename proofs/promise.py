"""What a promise is: a sentence, how many trials it is put to, and what came of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the trials. ``first`` names the first failure by kinds and numbers, never by whom it is about."""

    trials: int
    failures: int
    first: str = ""

    @classmethod
    def of(cls, failures: Iterable[str], trials: int) -> Outcome:
        """The outcome of trials whose failures are told one by one."""
        told = list(failures)
        return cls(trials, len(told), told[0] if told else "")


@dataclass(frozen=True, slots=True)
class Promise:
    """One sentence that can be shown wrong. ``trials`` is its full size; ``prove`` takes a size and a seed."""

    name: str
    says: str
    trials: int
    prove: Callable[[int, int], Outcome]


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome with its promise and the seconds it took."""

    name: str
    says: str
    trials: int
    failures: int
    first: str
    seconds: float

    @property
    def kept(self) -> bool:
        """A promise that was never put to the test is not kept."""
        return self.trials > 0 and self.failures == 0

    @property
    def bound(self) -> float | None:
        """The failure rate that so many trials without failure rule out at 95 % (rule of three: 3/n; Hanley and
        Lippman-Hand, 1983); ``None`` where something failed or nothing was tried.
        """
        return min(1.0, 3 / self.trials) if self.kept else None


def run(promises: Sequence[Promise], *, trials: int | None, seed: int) -> list[Result]:
    """Put each promise to the test; with ``trials``, with so many instead of its full size."""
    results = []
    for promise in promises:
        began = time.perf_counter()
        found = promise.prove(trials or promise.trials, seed)
        seconds = round(time.perf_counter() - began, 1)
        results.append(Result(promise.name, promise.says, found.trials, found.failures, found.first, seconds))
    return results


def written(results: Iterable[Result]) -> str:
    """Results as the JSON that one process hands to another."""
    return json.dumps([asdict(result) for result in results], ensure_ascii=False)


def read(text: str) -> list[Result]:
    """What :func:`written` wrote; raises ``ValueError`` or ``TypeError`` where it is something else."""
    return [Result(**fields) for fields in json.loads(text)]
