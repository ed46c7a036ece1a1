"""Deliveries, records with their versions, events, and what was judged between records. No name is held here."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from amparo.kernel.ids import new_id


class Batch(models.Model):
    """One delivery: a file or message that an institution handed in, and what became of its rows."""

    classification: ClassVar = {
        "id": "internal", "source": "internal", "kind": "internal", "institution": "internal", "layout": "internal",
        "received_at": "internal", "received_by": "personal", "file": "internal", "sha256": "internal",
        "size": "internal", "read_as": "internal", "new": "internal", "changed": "internal",
        "unchanged": "internal", "set_aside": "internal", "notes": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, default="records", choices=[("records", "records"), ("series", "series")])
    institution = models.CharField(max_length=40)
    layout = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)
    file = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(default=0)
    # How the file was read: encoding, separator, sheet, header row.
    read_as = models.JSONField(default=dict)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    # Warnings as codes with parameters that name nobody, such as an unknown column.
    notes = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["institution", "-received_at"])]


class Upload(models.Model):
    """A file that somebody chose on the page and that waits, sealed, for her yes after the preview."""

    classification: ClassVar = {
        "id": "internal", "source": "internal", "institution": "internal", "file": "internal", "by": "personal",
        "at": "internal", "state": "internal", "preview": "internal", "batch": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=40)
    institution = models.CharField(max_length=40)
    file = models.UUIDField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        default="preview",
        choices=[("preview", "preview"), ("taken", "taken"), ("discarded", "discarded"), ("refused", "refused")],
    )
    # What the preview found: counts, how the file was read, codes of notes or of the refusal; no values.
    preview = models.JSONField(default=dict)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")


class SetAside(models.Model):
    """A row that could not be taken. Its content is sealed in the vault under this id, compartment ``row``."""

    classification: ClassVar = {
        "id": "internal", "batch": "internal", "number": "internal", "reasons": "internal", "settled_by": "internal",
        "key": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows_set_aside")
    number = models.IntegerField()
    # Blind key of the institution's own number, where the row has one: the same row corrected later settles this one.
    key = models.CharField(max_length=32, blank=True, db_index=True)
    # [{"code": …, "column": …}]: codes and column names only; the values are in the vault.
    reasons = models.JSONField(default=list)
    settled_by = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="rows_settled")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number")]


class Record(models.Model):
    """One institution's file on one human being, under that institution's own number."""

    classification: ClassVar = {
        "id": "internal", "source": "internal", "institution": "internal", "unit": "internal", "office": "internal",
        "department": "internal", "key": "internal", "code": "internal", "version": "internal", "digest": "internal",
        "registered_on": "internal", "first_batch": "internal", "linked": "internal", "sex": "personal",
        "nationality": "personal", "erased": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=40)
    institution = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    # INEI code of the department whose office holds the record, two digits.
    department = models.CharField(max_length=2, blank=True)
    # Keyed hash of the institution's own number; the number itself is sealed.
    key = models.CharField(max_length=32)
    # The code by which people speak of this record, and of the person whose first record it is.
    code = models.CharField(max_length=20, unique=True)
    version = models.IntegerField(default=1)
    # Keyed hash of the content of the latest version.
    digest = models.CharField(max_length=32)
    registered_on = models.DateField(null=True)
    first_batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")
    # False while the record waits to be compared with the others.
    linked = models.BooleanField(default=False)
    sex = models.CharField(max_length=2, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    # Whether her identity was destroyed: then no later delivery brings it back.
    erased = models.BooleanField(db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_record_per_own_number")]
        indexes = [
            models.Index(fields=["linked"], condition=models.Q(linked=False), name="record_waiting"),
        ]


class RecordVersion(models.Model):
    """What a record said in one delivery. Identity and free text are sealed; the rest is here as it was typed."""

    classification: ClassVar = {
        "id": "internal", "record": "internal", "number": "internal", "batch": "internal", "row": "internal",
        "content": "personal", "digest": "internal", "written_at": "internal", "sealed": "internal",
    }  # fmt: skip

    # Found by the constraint's index, which begins with it.
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")
    row = models.IntegerField(default=0)
    content = models.JSONField(default=dict)
    # Which compartments of the vault hold the rest, such as ["identity", "narrative"].
    sealed = models.JSONField(default=list)
    digest = models.CharField(max_length=32)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_version_per_number")]


class Event(models.Model):
    """Something that happened, or was found out, decided or delivered. Written once; corrected by a newer event.

    The commonest row of an import, so it has no index that does not shorten a wait: one by type and day was a third of
    the writing of an event, and counting by year takes little longer without it.
    """

    classification: ClassVar = {
        "id": "internal", "record": "internal", "type": "personal", "on": "personal", "place": "personal",
        "institution": "internal", "unit": "internal", "office": "internal", "data": "personal", "slot": "internal",
        "supersedes": "internal", "retracts": "internal", "recorded_at": "internal", "author": "personal",
        "batch": "internal", "has_narrative": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="events")
    type = models.CharField(max_length=40)
    on = models.DateField()
    # A district's INEI code or the code of a place within one.
    place = models.CharField(max_length=20, blank=True)
    institution = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    # Coded values only, by the fields of the event's type in the pack.
    data = models.JSONField(default=dict)
    # Which part of its record an imported event comes from, so that the same part is not written twice.
    slot = models.CharField(max_length=60, blank=True)
    # Few events correct another: the constraint's index holds only those.
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", db_index=False
    )
    # True where the newer event only takes the older one back.
    retracts = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    author = models.CharField(max_length=80)
    # Without an index: nobody asks for the events of a delivery, and every one would pay for it.
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Whether the vault holds a sealed text of this event (owner: its id, compartment ``narrative``).
    has_narrative = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supersedes"], condition=models.Q(supersedes__isnull=False), name="corrected_once"
            )
        ]


class Pair(models.Model):
    """Two records that were compared and found alike enough to matter, with the latest score and evidence."""

    classification: ClassVar = {
        "id": "internal", "left": "internal", "right": "internal", "score": "internal", "probability": "internal",
        "verdict": "internal", "evidence": "internal", "contradictions": "internal", "doubtful": "internal",
        "model": "internal", "scored_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    left = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField()
    probability = models.FloatField()
    verdict = models.CharField(max_length=4, choices=[("join", "join"), ("ask", "ask"), ("no", "no")])
    # [[field, level, weight in bits], …]: levels of agreement, never the values compared.
    evidence = models.JSONField(default=list)
    contradictions = models.JSONField(default=list)
    # Whether something speaks against the pair, so that no chain of others may put its records together.
    doubtful = models.BooleanField(default=False)
    model = models.CharField(max_length=40)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="one_pair"),
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="pair_is_ordered"),
        ]
        indexes = [models.Index(fields=["verdict", "-score"])]


class Judgement(models.Model):
    """Somebody's answer, dated, with a reason. Never changed: a newer judgement on the same pair takes its place."""

    classification: ClassVar = {
        "id": "internal", "left": "internal", "right": "internal", "answer": "internal", "by": "personal",
        "reason": "internal", "at": "internal", "undoes": "internal", "kind": "internal", "risks": "internal",
        "has_note": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    left = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(
        max_length=10,
        choices=[("same", "same"), ("not_same", "not_same"), ("unsure", "unsure"), ("withdrawn", "withdrawn")],
    )
    by = models.CharField(max_length=80)
    # A code of the pack or of the door's list of reasons; free text would hold names.
    reason = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    # What the answer can do: count alone, count with a second one that agrees, or end a disagreement.
    kind = models.CharField(
        max_length=10,
        default="alone",
        choices=[("alone", "alone"), ("opinion", "opinion"), ("resolution", "resolution")],
    )
    # Codes of why one person's yes was not enough.
    risks = models.JSONField(default=list)
    # Whether the vault holds the reviewer's own words (owner: this id, compartment ``judgement``).
    has_note = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="judgement_is_ordered")
        ]
        indexes = [
            models.Index(fields=["left", "right", "-at"]),
            models.Index(fields=["kind"], condition=models.Q(kind="opinion"), name="judgement_opinion"),
        ]


class LinkModel(models.Model):
    """The weights with which pairs are scored, as trained at a moment."""

    classification: ClassVar = {
        "id": "internal", "name": "internal", "weights": "internal", "trained_at": "internal", "records": "internal",
    }  # fmt: skip

    name = models.CharField(max_length=40, unique=True)
    weights = models.JSONField()
    trained_at = models.DateTimeField()
    records = models.IntegerField()


class LabelAdoption(models.Model):
    """People's answers that somebody let the weights learn from, on a day; they count until that is reverted.

    What was adopted is kept whole, so that the same labels teach every later training, and newer ones none unasked.
    """

    classification: ClassVar = {
        "id": "internal", "labels": "internal", "expected": "internal", "model": "internal", "effect": "internal",
        "at": "internal", "by": "personal", "reverted_at": "internal", "reverted_by": "personal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # [[levels, rarity in bits, same], …]: which levels agreed and what a person said; never whose they were.
    labels = models.JSONField()
    # How many pairs of one person the weights were learnt from: what the labels are weighed against.
    expected = models.FloatField()
    # The weights that they were adopted beside.
    model = models.CharField(max_length=40)
    # Counts of pairs by verdict before and after, as they were shown.
    effect = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reverted_at = models.DateTimeField(null=True)
    reverted_by = models.CharField(max_length=80, blank=True)


class DigestKey(models.Model):
    """Which version of the vault's key the digests of this database are made with: one row, changed with them."""

    classification: ClassVar = {
        "id": "internal", "version": "internal", "going_to": "internal", "reached": "internal", "changed": "internal",
    }  # fmt: skip

    id = models.IntegerField(primary_key=True, default=1)
    version = models.IntegerField(default=1)
    # While the key is being exchanged: the version that digests are brought to, how far each table is, and how many.
    going_to = models.IntegerField(null=True)
    reached = models.JSONField(default=dict)
    changed = models.IntegerField(default=0)


class SeriesCell(models.Model):
    """One number of an official series, as published. It counts denuncias, not persons, and is kept apart from both."""

    classification: ClassVar = {
        "id": "public", "batch": "internal", "row": "public", "year": "public", "month": "public",
        "department": "public", "province": "public", "district": "public", "station": "public",
        "category": "public", "item": "public", "value": "public",
    }  # fmt: skip

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="cells")
    row = models.IntegerField()
    year = models.IntegerField()
    month = models.IntegerField()
    department = models.CharField(max_length=60)
    province = models.CharField(max_length=60)
    district = models.CharField(max_length=60)
    station = models.CharField(max_length=120)
    category = models.CharField(max_length=80)
    item = models.CharField(max_length=80)
    value = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "category", "item"])]


class SeriesProblem(models.Model):
    """A place where an official series does not agree with itself."""

    classification: ClassVar = {
        "id": "public", "batch": "internal", "kind": "public", "where": "public", "expected": "public",
        "found": "public", "rows": "public",
    }  # fmt: skip

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="problems")
    kind = models.CharField(max_length=40)
    where = models.JSONField(default=dict)
    expected = models.IntegerField(null=True)
    found = models.IntegerField(null=True)
    rows = models.JSONField(default=list)
