"""Runs the promises of one module in this process, in a data folder of its own that goes away with it."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module

from proofs import promise


def main(arguments: Sequence[str]) -> int:
    """Print the results of one module as JSON. What the promises print besides goes to standard error."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--n", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    out, sys.stdout = sys.stdout, sys.stderr
    with tempfile.TemporaryDirectory(prefix="amparo-proof-") as folder:
        os.environ |= {"AMPARO_DATA": folder, "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
        module = import_module(f"proofs.{options.name}")
        results = promise.run(module.PROMISES, trials=options.n, seed=options.seed)
    print(promise.written(results), file=out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
