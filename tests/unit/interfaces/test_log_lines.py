"""A fault is noted by its kind and its way; what it says stays out of the log, because it quotes values."""

from __future__ import annotations

import logging
import logging.config
from io import StringIO

import pytest
from django.conf import settings

NAME = "Zupanqa"


def logged(logger: str, level: int, message: str, error: Exception | None = None) -> str:
    """What a logger set up as by the settings writes down."""
    told = StringIO()
    plain = logging.config.DictConfigurator({"version": 1}).configure_formatter(
        dict(settings.LOGGING["formatters"]["plain"])
    )
    handler = logging.StreamHandler(told)
    handler.setFormatter(plain)
    source = logging.getLogger(logger)
    source.addHandler(handler)
    # The checker of imports, where it ran before in this process, switches off every logger that there was.
    source.disabled = False
    try:
        source.log(level, message, exc_info=error)
    finally:
        source.removeHandler(handler)
    return told.getvalue()


def fail() -> None:
    try:
        int(NAME)
    except ValueError as error:
        raise RuntimeError(f"not a number: {NAME}") from error


def test_a_fault_is_noted_without_what_it_says() -> None:
    with pytest.raises(RuntimeError) as raised:
        fail()

    line = logged("django.request", logging.ERROR, "Internal Server Error", raised.value)

    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
    assert "test_log_lines.py" in line
    assert NAME not in line


def test_an_address_that_does_not_exist_is_not_noted() -> None:
    assert logged("django.request", logging.WARNING, f"Not Found: /{NAME}") == ""
