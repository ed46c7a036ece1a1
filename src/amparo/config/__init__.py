"""Settings, addresses and the WSGI entry: where the rooms are put together."""
