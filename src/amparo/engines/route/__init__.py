"""The protocol as an engine: from a route, facts, events and a moment to what is owed to a person."""
