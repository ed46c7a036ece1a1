"""Pure decisions of the room: folds over records and events."""
