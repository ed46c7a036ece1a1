"""The ledger's tables. Rows are only ever added; triggers in the database refuse anything else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One act or reading: who did what, for which purpose, allowed by which relation, to how many subjects."""

    classification: ClassVar = {
        "seq": "internal", "at": "internal", "actor": "personal", "institution": "internal", "role": "internal",
        "act": "internal", "purpose": "internal", "basis": "internal", "detail": "internal",
        "subject_count": "internal", "subjects_digest": "internal", "digest": "internal",
        "stamp": "internal",
    }  # fmt: skip

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    institution = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    subject_count = models.IntegerField(default=0)
    subjects_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    # Shows that the entry was written with the signing key at hand.
    stamp = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["actor", "seq"]), models.Index(fields=["act", "seq"])]


class EntrySubject(models.Model):
    """One record that an entry is about, so that "who looked at her" is one look-up."""

    classification: ClassVar = {"id": "internal", "entry": "internal", "subject": "internal"}

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects")
    subject = models.UUIDField(db_index=True)


class Node(models.Model):
    """The hash of a whole subtree of the Merkle tree over the entries, above the leaves (see ``ledger.tree``)."""

    classification: ClassVar = {"number": "internal", "digest": "internal"}

    number = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)


class Sending(models.Model):
    """How far the checkpoints have been sent to one place outside this machine; the address itself is a setting."""

    classification: ClassVar = {
        "destination": "internal", "size": "internal", "attempts": "internal", "next_at": "internal",
        "sent_at": "internal",
    }  # fmt: skip

    destination = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
