"""Sealed identities, keys, blind tokens and sealed files. The only room that ever holds a name."""
