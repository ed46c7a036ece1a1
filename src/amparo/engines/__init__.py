"""Pure Python that decides: each engine is usable without the rest of Amparo."""
