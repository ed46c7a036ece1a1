"""Pure rules of figures: counting, hiding small cells."""
