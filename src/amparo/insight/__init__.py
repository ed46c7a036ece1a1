"""From events to evidence: the chain of services, tables and the official series beside them."""
