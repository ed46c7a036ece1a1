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


class DataKey(models.Model):
    """The data key of one owner and compartment, wrapped by the institution's key. Destroying it is erasure."""

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
        constraints = [models.UniqueConstraint(fields=["owner", "compartment"], name="one_data_key")]


class Sealed(models.Model):
    """One sealed document: what a version of an owner holds in one compartment."""

    classification: ClassVar = {
        "id": "internal", "owner": "internal", "compartment": "internal", "version": "internal", "blob": "sealed",
    }  # fmt: skip

    owner = models.UUIDField()
    compartment = models.CharField(max_length=20)
    version = models.IntegerField()
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "compartment", "version"], name="one_sealed_version")]


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
