"""Writes of the room: persons and what they are owed."""
