"""Every promise of the project is put to the test at a small size; its full size is for `./amparo prove`."""

from __future__ import annotations

import pytest

from proofs import run


@pytest.mark.parametrize("name", run.names())
def test_the_promises_are_kept(name: str) -> None:
    assert run.main([name, "--n", "25"]) == 0
