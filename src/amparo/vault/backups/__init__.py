"""Backups: one consistent copy of both databases, sealed to a key that is not on the machine."""
