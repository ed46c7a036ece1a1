"""People who sign in, whom they are kept away from, and what they opened in an emergency.

What they may do comes from their role, which the country pack defines. A person is meant by the ids of her records
(law 2), so that joining and separating records leave what hangs from them where it was.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from amparo.kernel.ids import new_id


class Users(BaseUserManager["User"]):
    """Finds users by the name they sign in with."""


class User(AbstractBaseUser):
    """One person who signs in, with one role in one office of one institution."""

    classification: ClassVar = {
        "id": "internal", "username": "personal", "display_name": "personal", "institution": "internal",
        "office": "internal", "role": "internal", "language": "internal", "is_active": "internal",
        "ends_on": "internal", "password": "sealed", "threat_password": "sealed", "last_login": "internal",
        "created_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    institution = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="es")
    is_active = models.BooleanField(default=True)
    # The last day of her access, where it is for a time only.
    ends_on = models.DateField(null=True)
    # Hashed like the other one; empty where she has none. See ``access.threats``.
    threat_password = models.CharField(max_length=128, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = Users()

    def __str__(self) -> str:
        return self.username


class Question(models.Model):
    """That an account asked who is known, counted before it is answered; forgotten when it counts no more."""

    classification: ClassVar = {"id": "internal", "username": "personal", "at": "internal"}

    username = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"], name="questions_of_account")]


class PartnerKey(models.Model):
    """The public key with which an institution's machine signs what it asks; the machine is a user without a password.

    ``id`` is the first half of the key's own digest. A key that is not in force any more stays, so that the ledger can
    still be read.
    """

    classification: ClassVar = {
        "id": "internal", "user": "internal", "public": "public", "at": "internal", "by": "personal",
        "revoked_at": "internal", "revoked_by": "personal",
    }  # fmt: skip

    id = models.CharField(primary_key=True, max_length=32)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="partner_keys")
    # As PEM.
    public = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)


class SpentNonce(models.Model):
    """A signed message that was answered: until its time is over, the same one is not answered again."""

    classification: ClassVar = {"id": "internal", "key": "internal", "digest": "internal", "until": "internal"}

    key = models.ForeignKey(PartnerKey, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "digest"], name="nonce_once")]


class Exclusion(models.Model):
    """Somebody, or a whole unit or office, kept away from a person. It beats every role, the administrators' too.

    ``username`` is empty where a whole office is meant; ``office`` is empty where every office of the unit is.
    """

    classification: ClassVar = {
        "id": "internal", "username": "personal", "institution": "internal", "unit": "internal", "office": "internal",
        "reason": "internal", "by": "personal", "at": "internal", "lift_asked_by": "personal",
        "lift_asked_at": "internal", "lifted_by": "personal", "lifted_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, blank=True)
    institution = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=60)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    # One asks for it to be lifted and somebody else does it: it stands until then.
    lift_asked_by = models.CharField(max_length=80, blank=True)
    lift_asked_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["username"], condition=models.Q(lifted_at=None), name="kept_away_user"),
            models.Index(fields=["institution", "unit"], condition=models.Q(lifted_at=None), name="kept_away_unit"),
        ]


class ExcludedRecord(models.Model):
    """One record of the person somebody is kept away from: any of them keeps him away from whoever it belongs to."""

    classification: ClassVar = {"id": "internal", "exclusion": "internal", "record": "internal"}

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="records")
    record = models.UUIDField(db_index=True)


class BreakGlass(models.Model):
    """Somebody opened a person in an emergency without a relation to her. The words why are sealed under this id.

    ``records`` are hers as of then: were others joined to them meanwhile, the glass would not open those.
    """

    classification: ClassVar = {
        "id": "internal", "username": "personal", "institution": "internal", "office": "internal",
        "records": "internal", "parts": "internal", "reason": "internal", "at": "internal", "until": "internal",
        "review_by": "internal",
        "verdict": "internal", "reviewed_by": "personal", "reviewed_at": "internal", "overdue_told_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80)
    institution = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    records = models.JSONField(default=list)
    # The compartments that were asked for.
    parts = models.JSONField(default=list)
    reason = models.CharField(max_length=60)
    at = models.DateTimeField()
    until = models.DateTimeField()
    # The last day on which somebody else may review it; afterwards the right is suspended.
    review_by = models.DateField()
    verdict = models.CharField(
        max_length=12, blank=True, choices=[("justified", "justified"), ("unjustified", "unjustified")]
    )
    reviewed_by = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["username", "until"]), models.Index(fields=["verdict", "review_by"])]


class Alert(models.Model):
    """A notice without content: that something happened, to be looked up by whoever may.

    Without an institution it is for the officer for data protection; otherwise for that office, or for every office
    of that unit where none is named. ``subjects`` are ids of records, never shown to the office that is told.
    """

    classification: ClassVar = {
        "id": "internal", "kind": "internal", "subjects": "internal", "username": "personal",
        "institution": "internal", "unit": "internal", "office": "internal", "about": "internal", "at": "internal",
        "seen_at": "internal", "seen_by": "personal", "mailed_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    subjects = models.JSONField(default=list)
    # Who gave rise to it.
    username = models.CharField(max_length=80, blank=True)
    institution = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=60, blank=True)
    # What it is about besides, such as an act of breaking the glass.
    about = models.UUIDField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=80, blank=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["institution", "unit", "office", "-at"], name="alerts_of_office")]


class Attestation(models.Model):
    """Somebody looked at what a user may do and said that she still needs it, or does not."""

    classification: ClassVar = {
        "id": "internal", "username": "personal", "keeps": "internal", "by": "personal", "at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=80, db_index=True)
    keeps = models.BooleanField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()


class AskedChange(models.Model):
    """More that somebody shall be able to do, which one person asked for and another one gives or does not.

    It stands as long as her access is what it was ``before``.
    """

    classification: ClassVar = {
        "id": "internal", "user": "internal", "role": "internal", "office": "internal", "ends_on": "internal",
        "role_before": "internal", "office_before": "internal", "ends_before": "internal", "asked_by": "personal",
        "asked_at": "internal", "decided_by": "personal", "decided_at": "internal", "given": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True)
    ends_on = models.DateField(null=True)
    role_before = models.CharField(max_length=40)
    office_before = models.CharField(max_length=60, blank=True)
    ends_before = models.DateField(null=True)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    given = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(decided_at=None), name="one_asked_change_of_user"
            )
        ]
