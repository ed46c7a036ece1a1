"""Projections of the follow-up: persons, what they are owed, and whom they are in reach of; and what is kept besides.

Persons, memberships, reaches and obligations can be dropped and rebuilt to the same bytes from records, events and
judgements (law 1).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from amparo.kernel.ids import new_id


class Person(models.Model):
    """The records judged to be one human being. Its id and code are those of the earliest of its records."""

    classification: ClassVar = {
        "id": "internal", "code": "internal", "record_count": "internal", "cycles": "personal",
        "institutions": "internal",
        "sex": "personal", "minor": "personal", "age_low": "personal", "age_high": "personal",
        "departments": "internal", "first_on": "personal", "last_on": "personal", "state": "personal",
        "stage": "personal", "risk": "personal", "rank": "internal", "rank_reasons": "internal", "owed": "internal",
        "overdue": "internal", "next_due_on": "internal", "reserved": "internal", "rows": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    record_count = models.IntegerField()
    # How many times she was rescued, as far as anybody knows.
    cycles = models.IntegerField(default=0)
    institutions = models.JSONField(default=list)
    sex = models.CharField(max_length=2, blank=True)
    # Whether she is under 18 today; unknown counts as a child until shown otherwise.
    minor = models.BooleanField(null=True)
    age_low = models.IntegerField(null=True)
    age_high = models.IntegerField(null=True)
    departments = models.JSONField(default=list)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    state = models.CharField(max_length=20, default="open")
    stage = models.CharField(max_length=40, blank=True)
    # Code of the last level of risk that somebody assessed.
    risk = models.CharField(max_length=20, blank=True)
    # Sorts as text: what comes first is the most pressing (see engines.route.risk).
    rank = models.CharField(max_length=80)
    rank_reasons = models.JSONField(default=list)
    # How many steps are work for somebody today, how many of them are late, and the first term still to come.
    owed = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    next_due_on = models.DateField(null=True)
    # Whether a clave de reserva was ordered (NCPP art. 248): then nothing shows her name or initials any more.
    reserved = models.BooleanField(default=False)
    # Digest of her rows in the other tables, so that what did not change is not written again.
    rows = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["rank", "id"]),
            # A list counts and orders thousands of persons: it is answered by this index alone.
            models.Index(fields=["id", "owed", "overdue", "next_due_on", "rank"], name="person_in_lists"),
        ]


class Membership(models.Model):
    """Which person a record belongs to at present."""

    classification: ClassVar = {"id": "internal", "record": "internal", "person": "internal"}

    record = models.OneToOneField("registries.Record", on_delete=models.PROTECT, related_name="membership")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")


class Reach(models.Model):
    """Why an office may work with a person: it holds one of her records, or she was referred to it."""

    classification: ClassVar = {
        "id": "internal", "person": "internal", "institution": "internal", "unit": "internal", "office": "internal",
        "department": "internal", "relation": "internal",
    }  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reaches")
    institution = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=2, blank=True)
    relation = models.CharField(max_length=10, choices=[("record", "record"), ("referral", "referral")])

    class Meta:
        # The person comes last, so that "may this office know her" is answered by the index alone.
        indexes = [
            models.Index(fields=["institution", "unit", "office", "department", "person"], name="reach_of_office"),
            models.Index(fields=["department", "unit", "person"], name="reach_in_department"),
        ]


class Obligation(models.Model):
    """One step of the route as it stands for one person: owed by whom, since when, until when, and why."""

    classification: ClassVar = {
        "id": "internal", "person": "internal", "cycle": "internal", "step": "internal", "occurrence": "internal",
        "route": "internal", "unit": "internal", "office": "internal", "department": "internal",
        "status": "internal", "is_owed": "internal", "since": "personal", "due_on": "personal",
        "fulfilled_by": "internal", "fulfilled_on": "personal", "stopped_on": "personal", "reason": "internal",
        "article": "public", "verified": "public", "critical": "public", "position": "internal",
    }  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="obligations")
    # 1 for the first rescue, 2 where she was found again, and so on.
    cycle = models.IntegerField()
    step = models.CharField(max_length=60)
    # 1, or the number of the time where a step is owed again and again.
    occurrence = models.IntegerField()
    route = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=2, blank=True)
    status = models.CharField(max_length=16)
    # Whether it is work for somebody today: begun or late, and not ended by anything.
    is_owed = models.BooleanField(default=False)
    since = models.DateField(null=True)
    due_on = models.DateField(null=True)
    fulfilled_by = models.UUIDField(null=True)
    fulfilled_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    # {"code": …, "params": {…}}: turned into a sentence by the door.
    reason = models.JSONField(default=dict)
    article = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    critical = models.BooleanField(default=False)
    position = models.IntegerField(default=0)

    class Meta:
        indexes = [
            # To whom an office owes something is answered by the index alone, because a list asks it of thousands.
            models.Index(
                fields=["unit", "office", "status", "due_on", "person", "is_owed"],
                condition=models.Q(is_owed=True),
                name="owed_by_office",
            ),
            models.Index(fields=["step", "status"]),
        ]


class Separation(models.Model):
    """Records that were shown as one person and are no longer, since a moment. History, not a projection."""

    classification: ClassVar = {"id": "internal", "at": "internal", "seq": "internal", "parts": "internal"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    # Number of its entry in the ledger: what is older was read before the separation.
    seq = models.BigIntegerField()
    # The records of each person that came of it: [[record, …], …].
    parts = models.JSONField()


class Notice(models.Model):
    """Tells one user that records she saw as one person were separated, until she says that she has looked."""

    classification: ClassVar = {
        "id": "internal", "separation": "internal", "user": "personal", "institution": "internal",
        "office": "internal", "wrote": "internal", "seen_at": "internal", "seen_by": "personal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    separation = models.ForeignKey(Separation, on_delete=models.PROTECT, related_name="notices")
    # Empty where everybody of the office is told: she was referred to it.
    user = models.CharField(max_length=80, blank=True)
    institution = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=60, blank=True)
    # Acts of hers on the records after she saw them together: what she may have to mend.
    wrote = models.IntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user"], condition=models.Q(seen_at=None), name="notice_of_user"),
            models.Index(fields=["office"], condition=models.Q(seen_at=None), name="notice_of_office"),
        ]


class Recall(models.Model):
    """A consent ended, and an office that received data by it is asked to give them up. Its answer is kept.

    ``record`` is the one that the withdrawal was written on. A recall hangs from it and is never a projection.
    """

    classification: ClassVar = {
        "id": "internal", "record": "internal", "purpose": "internal", "institution": "internal", "unit": "internal",
        "office": "internal", "sent_at": "internal", "due_on": "internal", "answer": "internal",
        "answered_at": "internal", "answered_by": "personal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40)
    institution = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    # "deleted", or "kept" where another ground in law obliges the office to.
    answer = models.CharField(max_length=10, blank=True, choices=[("deleted", "deleted"), ("kept", "kept")])
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["institution", "unit", "office", "answer"], name="recalls_of_office")]


class SealedPlace(models.Model):
    """That there is a place of shelter, or a whereabouts, which is kept apart: the case holds its code and no more.

    Where it is lies sealed in the vault under this id (compartment ``place``), a new version for every change.
    ``record`` is the one of the protected person whose whereabouts it is; empty for a shelter.
    """

    classification: ClassVar = {
        "id": "internal", "code": "internal", "kind": "internal", "record": "internal", "institution": "internal",
        "unit": "internal", "office": "internal", "version": "internal", "written_at": "internal",
        "written_by": "personal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=[("shelter", "shelter"), ("whereabouts", "whereabouts")])
    record = models.UUIDField(null=True, db_index=True)
    institution = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    version = models.IntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)


class PlaceRequest(models.Model):
    """Somebody asked to read a sealed place; somebody else of another office says yes or no; it is read once.

    The words why are sealed under this id (compartment ``reason``).
    """

    classification: ClassVar = {
        "id": "internal", "place": "internal", "username": "personal", "institution": "internal", "office": "internal",
        "at": "internal", "verdict": "internal", "decided_by": "personal", "decided_at": "internal",
        "until": "internal", "read_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(SealedPlace, on_delete=models.PROTECT, related_name="requests")
    username = models.CharField(max_length=80)
    institution = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True, choices=[("approved", "approved"), ("refused", "refused")])
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["username", "read_at"]), models.Index(fields=["verdict", "at"])]


class Incident(models.Model):
    """Something happened to data. Its clock runs from the moment that somebody knew, by day and by night.

    What it touched is worked out of the ledger, for a user or an office in a span of time, whenever it is asked.
    """

    classification: ClassVar = {
        "id": "internal", "kind": "internal", "known_at": "internal", "began_at": "internal", "ended_at": "internal",
        "username": "personal", "institution": "internal", "office": "internal", "opened_by": "personal",
        "notified_at": "internal", "told_at": "internal", "closed_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    known_at = models.DateTimeField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    username = models.CharField(max_length=80, blank=True)
    institution = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=60, blank=True)
    opened_by = models.CharField(max_length=80)
    # When the authority was notified, the people affected were told, and it was closed.
    notified_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)


class PersonRequest(models.Model):
    """What a person asks for her own data, and by when she has to be answered; ``asker`` says who speaks for her."""

    classification: ClassVar = {
        "id": "internal", "record": "internal", "kind": "internal", "asker": "personal", "received_on": "personal",
        "due_on": "internal", "written_by": "personal", "answer": "internal", "answered_on": "internal",
        "answered_by": "personal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    asker = models.CharField(max_length=40)
    received_on = models.DateField()
    due_on = models.DateField()
    written_by = models.CharField(max_length=80)
    answer = models.CharField(max_length=40, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)


class ErasureRequest(models.Model):
    """One officer asks for identities to be erased; somebody else of the same institution orders it, or does not.

    What is done by the order is the vault's: ``erasure`` is its id there, from which the certificate is made.
    """

    classification: ClassVar = {
        "id": "internal", "institution": "internal", "records": "internal", "reason": "internal", "basis": "internal",
        "request": "internal", "asked_by": "personal", "asked_at": "internal", "verdict": "internal",
        "decided_by": "personal", "decided_at": "internal", "erasure": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.CharField(max_length=40)
    # Ids of the records, all of one person and of this institution.
    records = models.JSONField()
    reason = models.CharField(max_length=40)
    # The article of law that allows or demands it.
    basis = models.CharField(max_length=120)
    # Which of her own requests it meets, where she asked for it.
    request = models.ForeignKey(PersonRequest, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, blank=True, choices=[("ordered", "ordered"), ("refused", "refused")])
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    erasure = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["institution", "verdict", "-asked_at"], name="erasures_of_institution")]


class Assignment(models.Model):
    """An office gave a person to one of its workers by name. History: a newer one ends it, nothing overwrites it.

    It hangs from a record of hers, so that joins and separations leave it where it was (law 2).
    """

    classification: ClassVar = {
        "id": "internal", "record": "internal", "username": "personal", "institution": "internal", "unit": "internal",
        "office": "internal", "by": "personal", "at": "internal", "ended_by": "personal", "ended_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.UUIDField(db_index=True)
    username = models.CharField(max_length=80)
    institution = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["username", "record"], condition=models.Q(ended_at=None), name="assigned_to_user"),
        ]
