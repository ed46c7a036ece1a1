"""What the service may do to each table under PostgreSQL. What is not here it may not touch at all.

The role that owns the tables migrates and gives these rights; the role that serves owns nothing. The ledger is read and
added to, and so is what was vouched for; accesses, alerts and who was kept away are answered or ended and never taken
away; what only a migration writes is read. Where somebody is, only the role of places reads and writes.
"""

from __future__ import annotations

_NOTHING: frozenset[str] = frozenset()
_READ = frozenset({"SELECT"})
_ADD = _READ | {"INSERT"}
_KEEP = _ADD | {"UPDATE"}
_ALL = _KEEP | {"DELETE"}

RIGHTS = {
    "access_alert": _KEEP,
    "access_askedchange": _KEEP,
    "access_attestation": _ADD,
    "access_breakglass": _KEEP,
    "access_excludedrecord": _ADD,
    "access_exclusion": _KEEP,
    "access_partnerkey": _KEEP,
    "access_question": _ALL,
    "access_spentnonce": _ALL,
    "access_user": _KEEP,
    "account_emailaddress": _ALL,
    "account_emailconfirmation": _ALL,
    "auth_group": _READ,
    "auth_group_permissions": _READ,
    "auth_permission": _READ,
    "cache": _ALL,
    "casework_assignment": _KEEP,
    "casework_erasurerequest": _ALL,
    "casework_incident": _ALL,
    "casework_membership": _ALL,
    "casework_notice": _ALL,
    "casework_obligation": _ALL,
    "casework_person": _ALL,
    "casework_personrequest": _ALL,
    "casework_placerequest": _ALL,
    "casework_reach": _ALL,
    "casework_recall": _ALL,
    "casework_sealedplace": _ALL,
    "casework_separation": _ALL,
    "django_content_type": _READ,
    "django_migrations": _READ,
    "django_session": _ALL,
    "ledger_entry": _ADD,
    "ledger_entrysubject": _ADD,
    "ledger_node": _ADD,
    "ledger_sending": _ALL,
    "mfa_authenticator": _ALL,
    "registries_batch": _ALL,
    "registries_digestkey": _ALL,
    "registries_event": _ALL,
    "registries_judgement": _ALL,
    "registries_labeladoption": _ALL,
    "registries_linkmodel": _ALL,
    "registries_pair": _ALL,
    "registries_record": _ALL,
    "registries_recordversion": _ALL,
    "registries_seriescell": _ALL,
    "registries_seriesproblem": _ALL,
    "registries_setaside": _ALL,
    "registries_upload": _ALL,
    "usersessions_usersession": _ALL,
    "vault_bait": _ALL,
    "vault_blindtoken": _ALL,
    "vault_datakey": _ALL,
    "vault_erasure": _ALL,
    "vault_institutionkey": _ALL,
    "vault_legalhold": _ALL,
    "vault_ownertokens": _ALL,
    "vault_placekey": _NOTHING,
    "vault_rotation": _ALL,
    "vault_sealed": _ALL,
    "vault_sealedfile": _ALL,
    "vault_sealedwhereabouts": _NOTHING,
    "vault_servicekey": _ALL,
}
"""What the roles that serve may do, each in its database."""

PLACES = {
    name: _ALL if rights == _NOTHING else _READ
    for name, rights in RIGHTS.items()
    if name.startswith("vault_") or name == "django_migrations"
}
"""What the role of places may do in the vault. It reads all of it, so that a backup is one moment's."""
