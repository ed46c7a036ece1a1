"""What somebody with full rights over the database can do to the ledger. Each function does one thing and names it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from amparo.ledger import entries, signing, tree, verification
from amparo.ledger.models import Entry, EntrySubject, Node

COLUMNS = ("actor", "institution", "role", "act", "purpose", "basis", "subjects_digest", "digest")


def without_guards(work: Callable[[random.Random], str], chance: random.Random) -> str:
    """Take the triggers away, bend the ledger, and put them back, so that they do not give it away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%%'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        kind = work(chance)
        for _, sql in guards:
            cursor.execute(sql)
    return kind


def alter_one_row(chance: random.Random) -> str:
    """Alter, remove or add a single row of any of the ledger's tables, and leave everything else as it is."""
    return chance.choice((_alter_a_column, _alter_time_or_detail, _alter_subjects, _alter_the_tree))(chance)


def _alter_a_column(chance: random.Random) -> str:
    column = chance.choice(COLUMNS)
    _any_entry(chance).update(**{column: f"{chance.getrandbits(256):064x}"[: 40 if column != "digest" else 64]})
    return f"an altered {column}"


def _alter_time_or_detail(chance: random.Random) -> str:
    entry = _any_entry(chance)
    if chance.random() < 0.5:
        entry.update(at=F("at") + timedelta(microseconds=chance.randint(1, 10**9)))
        return "an altered time"
    entry.update(detail={"number": -chance.randint(1, 10**6)})
    return "an altered detail"


def _alter_subjects(chance: random.Random) -> str:
    found = list(EntrySubject.objects.values_list("id", "entry_id"))
    row, entry = chance.choice(found)
    other = UUID(int=chance.getrandbits(128))
    match chance.randrange(3):
        case 0:
            EntrySubject.objects.filter(id=row).update(subject=other)
        case 1:
            EntrySubject.objects.filter(id=row)._raw_delete("default")
        case _:
            EntrySubject.objects.create(entry_id=entry, subject=other)
    return "altered subjects"


def _alter_the_tree(chance: random.Random) -> str:
    number = chance.choice(list(Node.objects.values_list("number", flat=True)))
    match chance.randrange(3):
        case 0:
            Node.objects.filter(number=number).update(digest=f"{chance.getrandbits(256):064x}")
        case 1:
            Node.objects.filter(number=number)._raw_delete("default")
        case _:
            Node.objects.create(number=10**9 + number, digest="0" * 64)
    return "an altered tree"


def rewrite(chance: random.Random) -> str:
    """Bend the ledger and make everything fit again: leaves, subtrees and the numbers of what comes after.

    Whoever bends what a checkpoint has seen is given the key of the stamps as well; whoever adds an entry at the end,
    which no checkpoint has seen, owns the database alone.
    """
    kind, work, holds_key = chance.choice(
        (
            ("a rewritten entry", _rewrite, True),
            ("a removed entry", _remove, True),
            ("an entry put in", _put_in, True),
            ("a tail cut off", _cut, True),
            ("an entry added at the end", _add, False),
        )
    )
    work(chance)
    _fit_again(signing.stamps() if holds_key else None)
    return kind


def _rewrite(chance: random.Random) -> None:
    _any_entry(chance).update(actor="somebody-else", act="thread.list")


def _remove(chance: random.Random) -> None:
    seq = chance.randint(1, Entry.objects.count())
    _drop(seq, seq)
    _shift(seq, -1)


def _put_in(chance: random.Random) -> None:
    _put_in_after(chance.randint(1, Entry.objects.count() - 1))


def _add(_: random.Random) -> None:
    _put_in_after(Entry.objects.count())


def _put_in_after(seq: int) -> None:
    copied = Entry.objects.get(seq=seq)
    EntrySubject.objects.filter(entry_id__gt=copied.seq).update(entry_id=F("entry_id") + 1)
    _shift_entries(copied.seq, 1)
    copied.seq, copied.subject_count, copied.subjects_digest = copied.seq + 1, 0, ""
    copied.save(force_insert=True)


def _cut(chance: random.Random) -> None:
    last = Entry.objects.count()
    _drop(chance.randint(2, last), last)


def _drop(first: int, last: int) -> None:
    EntrySubject.objects.filter(entry_id__gte=first, entry_id__lte=last)._raw_delete("default")
    Entry.objects.filter(seq__range=(first, last))._raw_delete("default")


def _shift(after: int, by: int) -> None:
    EntrySubject.objects.filter(entry_id__gt=after).update(entry_id=F("entry_id") + by)
    _shift_entries(after, by)


def _shift_entries(after: int, by: int) -> None:
    """Renumber entries one by one, from the end that leaves no two with one number."""
    for seq in Entry.objects.filter(seq__gt=after).order_by("-seq" if by > 0 else "seq").values_list("seq", flat=True):
        Entry.objects.filter(seq=seq).update(seq=seq + by)


def _fit_again(stamp: Callable[[str], bytes] | None) -> None:
    Node.objects.all()._raw_delete("default")
    last = ""
    for size, entry in enumerate(list(Entry.objects.order_by("seq"))):
        digest = entries.digest(verification.content_of(entry))
        Entry.objects.filter(seq=entry.seq).update(digest=digest, stamp=stamp(digest) if stamp else entry.stamp)
        tree.grow(size, last, digest)
        last = digest


def _any_entry(chance: random.Random) -> QuerySet[Entry]:
    return Entry.objects.filter(seq=chance.randint(1, Entry.objects.count()))
