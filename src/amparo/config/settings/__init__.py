"""Settings by use: base, demo, production and test."""
