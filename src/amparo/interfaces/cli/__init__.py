"""The command line: ``amparo import``, ``serve``, ``ledger verify`` and the rest."""
