"""What every test relies on: databases for the integration tests, a folder that goes away, settings of Hypothesis."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent

# A machine that is busy with other things must not turn a right answer into a failure, so there is no deadline.
# In CI the same examples are tried every time; at one's desk, new ones.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give every integration test both databases, and mark what drives a browser."""
    kind = item.path.relative_to(HERE).parts[0]
    if kind == "integration" and item.get_closest_marker("django_db") is None:
        item.add_marker(pytest.mark.django_db(databases=["default", "vault"]))
    if kind == "journeys":
        item.add_marker(pytest.mark.journey)


def pytest_unconfigure() -> None:
    """Remove the data folder that the settings of the tests made."""
    from django.conf import settings as django_settings

    if django_settings.configured:
        shutil.rmtree(django_settings.DATA, ignore_errors=True)
