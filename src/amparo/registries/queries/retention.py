"""What is kept beyond its time, by the rules of the country pack, and what will be soon. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.pack.current import pack
from amparo.pack.definitions import Retention
from amparo.registries.models import Batch, Event, Record, RecordVersion, SetAside
from amparo.registries.queries import protected
from amparo.vault import queries as vault

# So much is destroyed by one rule at a time, so that each erasure is a short transaction; the rest has its turn next.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Due:
    """One rule and what it says of the present: ids that are due, those of them under a hold, and what comes soon."""

    rule: Retention
    due: tuple[UUID, ...]
    held: frozenset[UUID]
    soon: int

    @property
    def free(self) -> tuple[UUID, ...]:
        """What may be destroyed."""
        return tuple(each for each in self.due if each not in self.held)


def report(*, at: datetime, soon: timedelta = timedelta(days=90)) -> list[Due]:
    """Every rule with what is due at a moment, and how much more will be within ``soon``."""
    kept = protected.everything()
    return [_due(rule, at, soon, kept) for rule in pack().retention.values()]


def subjects_of(kind: str, ids: Sequence[UUID]) -> list[UUID]:
    """The records that files, rows or records are about."""
    if kind == "file":
        batches = Batch.objects.filter(file__in=ids).values_list("id", flat=True)
        return list(RecordVersion.objects.filter(batch__in=batches).values_list("record", flat=True).distinct())
    if kind == "row":
        keys = SetAside.objects.filter(id__in=ids).exclude(key="").values_list("key", flat=True)
        return list(Record.objects.filter(key__in=keys).values_list("id", flat=True))
    return list(ids)


def _due(rule: Retention, at: datetime, soon: timedelta, kept: AbstractSet[UUID]) -> Due:
    time = timedelta(days=rule.keep_days)
    due = _older(rule, at - time)
    held = frozenset(each for each in due if not kept.isdisjoint(subjects_of(rule.kind, [each])))
    return Due(rule, tuple(due), held, len(_older(rule, at - time + soon)) - len(due))


def _older(rule: Retention, than: datetime) -> list[UUID]:
    """Ids of what the rule speaks of and that is there still, older than a moment."""
    match rule.kind:
        case "file":
            old = Batch.objects.filter(_of_sources(rule, "source"), received_at__lt=than, file__isnull=False)
            return sorted(vault.kept_files({file for file in old.values_list("file", flat=True) if file}))
        case "row":
            rows = SetAside.objects.filter(_of_sources(rule, "batch__source"), batch__received_at__lt=than)
            return sorted(vault.owners_of(rows.values_list("id", flat=True), "row"))
        case _:
            return sorted(vault.owners_of(_silent(rule, than).values_list("id", flat=True), rule.kind))


def _silent(rule: Retention, since: datetime) -> QuerySet[Record]:
    """Records of which nothing was written since a moment."""
    arrived = Q(first_batch=None) | Q(first_batch__received_at__lt=since)
    newer = RecordVersion.objects.filter(written_at__gte=since).values("record")
    told = Event.objects.filter(recorded_at__gte=since).values("record")
    return Record.objects.filter(_of_sources(rule, "source"), arrived).exclude(id__in=newer).exclude(id__in=told)


def _of_sources(rule: Retention, column: str) -> Q:
    """The sources that the rule names, or all that no other rule of its kind names."""
    if rule.sources:
        return Q(**{f"{column}__in": rule.sources})
    return ~Q(**{f"{column}__in": list(_named(rule.kind))})


def _named(kind: str) -> Iterator[str]:
    for rule in pack().retention.values():
        if rule.kind == kind:
            yield from rule.sources
