"""Reads of the room, each scoped by who asks."""
