"""The vault's tables, in a database of their own. No row here can be read without the keys, which are elsewhere."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class InstitutionKey(models.Model):
    """An institution's key-encryption key, itself wrapped by the installation's root key."""

    classification: ClassVar = {
        "id": "internal", "institution": "internal", "version": "internal", "root": "internal", "wrapped": "sealed",
        "made_at": "internal",
    }  # fmt: skip

    institution = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    # Name of the root key it is under; empty where it was wrapped before roots had names.
    root = models.CharField(max_length=120, blank=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "version"], name="one_key_per_version")]


class ServiceKey(models.Model):
    """A key that serves one purpose of the whole installation, such as the blind tokens, wrapped like institutions'."""

    classification: ClassVar = {
        "id": "internal", "purpose": "internal", "version": "internal", "root": "internal", "wrapped": "sealed",
        "made_at": "internal",
    }  # fmt: skip

    purpose = models.CharField(max_length=40)
    version = models.IntegerField(default=1)
    root = models.CharField(max_length=120, blank=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_service_key_per_version")]


class Rotation(models.Model):
    """A rotation of keys under way or ended, so that one that was interrupted goes on where it stopped."""

    classification: ClassVar = {
        "id": "internal", "started_at": "internal", "by": "personal", "institutions": "internal",
        "data_keys": "internal", "blind_version": "internal", "finished_at": "internal",
    }  # fmt: skip

    started_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    # {institution: version of its key that everything shall be under}
    institutions = models.JSONField(default=dict)
    # Whether data keys are made anew and documents sealed again, or only wrapped again.
    data_keys = models.BooleanField(default=False)
    # Version of the blind tokens' key that everything shall be under; 0 where that key is left alone.
    blind_version = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)


class SealedKey(models.Model):
    """What a data key is, whichever table it lies in (``vault.apart``)."""

    classification: ClassVar = {
        "id": "internal", "owner": "internal", "compartment": "internal", "institution": "internal",
        "key_version": "internal", "wrapped": "sealed",
    }  # fmt: skip

    owner = models.UUIDField()
    compartment = models.CharField(max_length=20)
    institution = models.CharField(max_length=40)
    key_version = models.IntegerField()
    wrapped = models.BinaryField()

    class Meta:
        abstract = True


class DataKey(SealedKey):
    """The data key of one owner and compartment, wrapped by the institution's key. Destroying it is erasure."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "compartment"], name="one_data_key")]


class PlaceKey(SealedKey):
    """The data key of a place that is sealed apart."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "compartment"], name="one_place_key")]


class SealedRow(models.Model):
    """What a sealed document is, whichever table it lies in (``vault.apart``)."""

    classification: ClassVar = {
        "id": "internal", "owner": "internal", "compartment": "internal", "version": "internal", "blob": "sealed",
    }  # fmt: skip

    owner = models.UUIDField()
    compartment = models.CharField(max_length=20)
    version = models.IntegerField()
    blob = models.BinaryField()

    class Meta:
        abstract = True


class Sealed(SealedRow):
    """One sealed document: what a version of an owner holds in one compartment."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "compartment", "version"], name="one_sealed_version")]


class SealedWhereabouts(SealedRow):
    """Where a shelter or a protected person is, sealed apart from everything else."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "compartment", "version"], name="one_whereabouts")]


class BlindToken(models.Model):
    """A keyed hash of something by which a record can be found: a document number, or two parts of a name.

    The commonest row of all, so it is nothing but its key: in SQLite the table is made ``WITHOUT ROWID``, one tree
    where a numbered table with two indexes would be three.
    """

    classification: ClassVar = {"pk": "internal", "token": "sealed", "owner": "internal"}

    pk = models.CompositePrimaryKey("token", "owner")
    token = models.BinaryField(max_length=12)
    owner = models.UUIDField()


class OwnerTokens(models.Model):
    """All blind tokens of one owner, one behind the other: with it they are found again to be replaced or erased."""

    classification: ClassVar = {"owner": "internal", "packed": "sealed", "key_version": "internal"}

    owner = models.UUIDField(primary_key=True)
    packed = models.BinaryField()
    # Which version of the blind tokens' key they were made with.
    key_version = models.IntegerField(db_default=1)


class Bait(models.Model):
    """A record of nobody, which nobody has a reason to open. Only here is it told from the others."""

    classification: ClassVar = {"owner": "sealed"}

    owner = models.UUIDField(primary_key=True)


class SealedFile(models.Model):
    """A file as it was handed in, sealed on disk under a random name."""

    classification: ClassVar = {
        "id": "internal", "institution": "internal", "key_version": "internal", "wrapped": "sealed",
        "sha256": "internal", "size": "internal", "made_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.CharField(max_length=40)
    key_version = models.IntegerField()
    wrapped = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)


class LegalHold(models.Model):
    """A duty to keep what a record holds, such as while proceedings last: until it is lifted, nothing is erased."""

    classification: ClassVar = {
        "id": "internal", "subject": "internal", "reason": "internal", "article": "internal", "placed_at": "internal",
        "placed_by": "personal", "lift_asked_at": "internal", "lift_asked_by": "personal", "lifted_at": "internal",
        "lifted_by": "personal", "lifted_for": "internal",
    }  # fmt: skip

    REASONS: ClassVar = ("criminal_proceedings", "court_order", "reparation", "request_pending", "other")
    LIFTED_FOR: ClassVar = ("ended", "mistake", "court_order")

    subject = models.UUIDField(db_index=True)
    # Codes, because free text would hold names.
    reason = models.CharField(max_length=40, choices=[(code, code) for code in REASONS])
    article = models.CharField(max_length=120)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80)
    # One asks for it to be lifted and somebody else does it: it stands until then.
    lift_asked_at = models.DateTimeField(null=True)
    lift_asked_by = models.CharField(max_length=80, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)
    lifted_for = models.CharField(max_length=40, blank=True, choices=[(code, code) for code in LIFTED_FOR])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "reason", "article"], condition=models.Q(lifted_at=None), name="one_open_hold"
            )
        ]


class Erasure(models.Model):
    """An erasure, from its order to its end. What it says is enough to make its certificate anew at any time."""

    classification: ClassVar = {
        "id": "internal", "ordered_at": "internal", "ordered_by": "personal", "asked_by": "personal",
        "basis": "internal", "scope": "internal", "compartment": "internal", "subjects": "internal",
        "owners": "internal", "keys": "internal", "remains": "internal", "entry": "internal", "done_at": "internal",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=80)
    # Who asked for it, where one asks and another orders; empty where the law's term ran out or a terminal was used.
    asked_by = models.CharField(max_length=80, blank=True)
    # The article of law that allows or demands it.
    basis = models.CharField(max_length=120)
    # What was erased: "records", or the kind of data whose time was up.
    scope = models.CharField(max_length=40)
    # The only compartment that was erased; empty where all were.
    compartment = models.CharField(max_length=20, blank=True)
    # The records that it is about, as hexadecimal ids, and everything that was sealed under ids of its own.
    subjects = models.JSONField(default=list)
    owners = models.JSONField(default=list)
    # Digests of the wrapped keys that were destroyed: they name a key and say nothing of it.
    keys = models.JSONField(default=list)
    # What of these records is still there afterwards, as codes with numbers.
    remains = models.JSONField(default=dict)
    entry = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
