"""Pure decisions of the room: folds over judgements and events."""
