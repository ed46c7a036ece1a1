"""Writes of the room: deliveries, linking, judging, events."""
