"""Pages rendered on the server, in Spanish and English."""
