"""Runs the command line as ``python -m amparo.interfaces.cli``."""

from __future__ import annotations

import sys

from amparo.interfaces.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
