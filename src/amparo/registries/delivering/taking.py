"""Writing the rows of a delivery: new records, new versions, events, sealed documents and blind tokens, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from amparo.kernel.ids import PackedIds, new_ids, public_code
from amparo.ledger import rows
from amparo.pack.layouts import Layout
from amparo.registries import happenings
from amparo.registries.delivering.history import Written, last_told
from amparo.registries.delivering.rows import ROW, Barred, Taken
from amparo.registries.happenings import Derived
from amparo.registries.models import Batch, Event, Record, RecordVersion, SetAside
from amparo.vault import actions as vault

_RECORD = (
    "id", "source", "institution", "unit", "office", "department", "key", "code", "version", "digest",
    "registered_on", "first_batch", "linked", "sex", "nationality",
)  # fmt: skip
_VERSION = ("record", "number", "batch", "row", "content", "sealed", "digest", "written_at")
_EVENT = (
    "id", "record", "type", "on", "place", "institution", "unit", "office", "data", "slot", "supersedes", "retracts",
    "recorded_at", "author", "batch", "has_narrative",
)  # fmt: skip
_SET_ASIDE = ("id", "batch", "number", "key", "reasons", "settled_by")
_QUERY = 500
# Type, day, place, coded fields and slot of an event.
_Told = tuple[str, date | str, str, object, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is there already."""

    id: UUID
    version: int
    digest: str
    erased: bool

    def says_nothing_new(self, digest: str) -> bool:
        """Whether a row with this digest changes nothing. What was erased stays so, whatever is handed in again."""
        return self.erased or self.digest == digest


@dataclass(slots=True)
class Counts:
    """How the rows of a delivery ended, and the records that it touched."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    touched: PackedIds = field(default_factory=PackedIds)


def known_records(source: str, keys: Iterable[str]) -> dict[str, Known]:
    """Records of a source by the keyed hash of their own numbers."""
    found: dict[str, Known] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), _QUERY):
        chosen = Record.objects.filter(source=source, key__in=wanted[start : start + _QUERY])
        for key, record, version, digest, erased in chosen.values_list("key", "id", "version", "digest", "erased"):
            found[key] = Known(record, version, digest, erased)
    return found


class Taking:
    """One delivery while it is being written. Used inside the transactions of both databases."""

    def __init__(self, batch: Batch, layout: Layout, *, author: str, prefix: str, at: datetime) -> None:
        self._batch = batch
        self._layout = layout
        self._author = author
        self._prefix = prefix
        self._at = at
        self._units = {rule.key: rule.unit for rule in layout.events if rule.unit}
        self._latest_only = frozenset(rule.key for rule in layout.events if rule.latest_only)
        # Nobody else settles or sets aside rows of this source meanwhile: deliveries of one source take turns.
        waiting = SetAside.objects.filter(batch__source=layout.source, settled_by=None)
        self._some_wait = waiting.exclude(batch=batch).exists()
        self.counts = Counts()

    def take(self, taken: Sequence[Taken], barred: Sequence[Barred]) -> None:
        """Write one chunk of rows."""
        known = known_records(self._layout.source, (row.key for row in taken))
        new = [row for row in taken if row.key not in known]
        again = [(row, known[row.key]) for row in taken if row.key in known]
        changed = [(row, record) for row, record in again if not record.says_nothing_new(row.digest)]
        self._write(new, changed)
        self._set_aside(barred)
        self._settle([row.key for row in taken])
        self.counts.new += len(new)
        self.counts.changed += len(changed)
        self.counts.unchanged += len(taken) - len(new) - len(changed)
        self.counts.set_aside += len(barred)

    def _write(self, new: Sequence[Taken], changed: Sequence[tuple[Taken, Known]]) -> None:
        """Records and versions, then events, then what is sealed."""
        named = [(row, record, 1) for row, record in zip(new, self._new_records(new), strict=True)]
        self._update_records(changed)
        named += [(row, known.id, known.version + 1) for row, known in changed]
        if not named:
            return
        sealed = [row.sealed() for row, _, _ in named]
        rows.insert_many(
            RecordVersion,
            _VERSION,
            (
                (
                    record,
                    number,
                    self._batch.id,
                    row.told.n,
                    rows.JsonText(row.content),
                    sorted(parts),
                    row.digest,
                    self._at,
                )
                for (row, record, number), parts in zip(named, sealed, strict=True)
            ),
        )
        first = [(row, record) for row, record, number in named if number == 1]
        events = [happened for row, record in first for happened in self._events(row, record)]
        rows.insert_many(Event, _EVENT, _with_ids([*events, *self._changed_events(changed)]))
        vault.seal_many(
            [
                vault.Document(record, compartment, number, self._layout.institution, plain)
                for (_, record, number), parts in zip(named, sealed, strict=True)
                for compartment, plain in parts.items()
            ]
        )
        tokens = {record: row.told.tokens for row, record, _ in named}
        vault.put_tokens(tokens, replacing=[known.id for _, known in changed])
        self.counts.touched.extend(record for _, record, _ in named)

    def _new_records(self, new: Sequence[Taken]) -> list[UUID]:
        codes = self._free_codes(len(new))
        rows.insert_many(
            Record,
            _RECORD,
            (
                (
                    record, self._layout.source, self._layout.institution, row.told.at[1], row.told.at[0],
                    row.told.at[2], row.key, code, 1, row.digest, row.told.on or None, self._batch.id, False,
                    row.told.sex, row.told.nationality,
                )
                for row, (record, code) in zip(new, codes, strict=True)
            ),
        )  # fmt: skip
        return [record for record, _ in codes]

    def _free_codes(self, count: int) -> list[tuple[UUID, str]]:
        """Fresh ids with the codes people speak of them by; an id whose code is taken is thrown away."""
        found: dict[str, UUID] = {}
        while len(found) < count:
            fresh = {
                public_code(record, prefix=self._prefix): record for record in new_ids(min(count - len(found), _QUERY))
            }
            taken = set(Record.objects.filter(code__in=fresh).values_list("code", flat=True))
            found.update((code, record) for code, record in fresh.items() if code not in taken)
        return [(record, code) for code, record in found.items()]

    def _update_records(self, changed: Sequence[tuple[Taken, Known]]) -> None:
        """The latest version's facts; the record waits again to be compared with the others."""
        for row, known in changed:
            office, unit, department = row.told.at
            Record.objects.filter(id=known.id).update(
                version=known.version + 1,
                digest=row.digest,
                office=office,
                unit=unit,
                department=department,
                registered_on=row.told.on or None,
                sex=row.told.sex,
                nationality=row.told.nationality,
                linked=False,
            )

    def _events(self, row: Taken, record: UUID) -> list[tuple[Any, ...]]:
        """The events of a new record to insert, with the text of their coded fields as it came."""
        return [
            self._event(
                row, record, (event.type, event.on, event.place, rows.JsonText(event.data, "utf-8"), event.slot)
            )
            for event in row.told.events
        ]

    def _compared(
        self, row: Taken, record: UUID, event: Derived, *, supersedes: UUID | None = None, retracts: bool = False
    ) -> tuple[Any, ...]:
        """An event that adds to what stands written, corrects it or takes it back."""
        told = (event.type, event.on, event.place, dict(event.data), event.slot)
        return self._event(row, record, told, supersedes=supersedes, retracts=retracts)

    def _event(
        self, row: Taken, record: UUID, told: _Told, *, supersedes: UUID | None = None, retracts: bool = False
    ) -> tuple[Any, ...]:
        """One event, all but its id. Its office is the record's, unless the rule says another kind of office did it."""
        office, unit, _ = row.told.at
        kind, on, place, data, slot = told
        other = self._units.get(slot.partition("#")[0], "")
        return (
            record, kind, on, place, self._layout.institution, other or unit, "" if other else office, data, slot,
            supersedes, retracts, self._at, self._author, self._batch.id, False,
        )  # fmt: skip

    def _changed_events(self, changed: Sequence[tuple[Taken, Known]]) -> list[tuple[Any, ...]]:
        """What changed rows add, correct and take back (law 1: nothing that was written is touched)."""
        written = _events_of([known.id for _, known in changed])
        found: list[tuple[Any, ...]] = []
        for row, known in changed:
            told = last_told(written[known.id]).events
            now = happenings.changes(told, row.events, self._latest_only)
            found += [self._compared(row, known.id, event) for event in now.added]
            found += [self._compared(row, known.id, event, supersedes=old) for old, event in now.superseded]
            found += [self._compared(row, known.id, told[old], supersedes=old, retracts=True) for old in now.retracted]
        return found

    def _set_aside(self, barred: Sequence[Barred]) -> None:
        named = [*zip(new_ids(len(barred)), barred, strict=True)]
        rows.insert_many(
            SetAside,
            _SET_ASIDE,
            (
                (identifier, self._batch.id, row.number, row.key, [r.open_part() for r in row.reasons], None)
                for identifier, row in named
            ),
        )
        vault.seal_many(
            [vault.Document(identifier, ROW, 1, self._layout.institution, row.sealed()) for identifier, row in named]
        )

    def _settle(self, keys: Sequence[str]) -> None:
        """Rows set aside before whose own number has now been taken are settled by this delivery."""
        if not self._some_wait:
            return
        for start in range(0, len(keys), _QUERY):
            waiting = SetAside.objects.filter(key__in=keys[start : start + _QUERY], settled_by=None)
            waiting.exclude(batch=self._batch).update(settled_by=self._batch)


def _with_ids(events: Sequence[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    return ((identifier, *event) for identifier, event in zip(new_ids(len(events)), events, strict=True))


def _events_of(records: Sequence[UUID]) -> dict[UUID, list[Written]]:
    found: dict[UUID, list[Written]] = defaultdict(list)
    columns = ("id", "record", "type", "slot", "on", "place", "data", "supersedes", "retracts")
    for start in range(0, len(records), _QUERY):
        chosen = Event.objects.filter(record__in=records[start : start + _QUERY]).order_by("id")
        for identifier, record, kind, slot, on, place, data, supersedes, retracts in chosen.values_list(*columns):
            event = Derived(kind, slot, on.isoformat(), place, data)
            found[record].append(Written(identifier, event, supersedes, retracts))
    return found
