"""By mail it is told that there is something to look at, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from amparo.access import alerts, mailing
from amparo.access.models import Alert
from amparo.interfaces.web.presenters.guarding import _KINDS
from amparo.kernel.errors import Invalid
from tests.worlds import CEM_IQUITOS, NOW, UPE

SETTING = f"odp@example.org {UPE.office}=upe@example.org {CEM_IQUITOS.office}=cem@example.org"


@pytest.fixture(autouse=True)
def addresses(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    monkeypatch.setenv("AMPARO_ALERT_MAIL", SETTING)


def tell_officer(kind: str = "bait") -> None:
    alerts.tell_officer(kind=kind, subjects=[uuid4()], username="percy.ahuanari", at=NOW)


def tell_office(institution: str, unit: str, office: str = "") -> None:
    alerts.tell_office(kind="break_glass", office=(institution, unit, office), subjects=[uuid4()], at=NOW)


def to() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_every_kind_of_alert_gives_the_same_message_and_no_word_of_what_or_whom() -> None:
    for kind in _KINDS:
        mail.outbox.clear()
        tell_officer(kind)
        assert mailing.send_due(NOW) == 1
        (message,) = mail.outbox
        assert (message.subject, message.body, message.to) == (mailing.SUBJECT, mailing.BODY, ["odp@example.org"])
        assert message.attachments == []

    said = (mailing.SUBJECT + mailing.BODY).casefold()
    assert [
        word for word in ("amparo", "http", "persona", "trata", "víctima", "emergencia", "percy") if word in said
    ] == []


def test_many_alerts_are_one_message_and_what_was_told_is_not_told_again() -> None:
    for _ in range(5):
        tell_officer()
    assert mailing.send_due(NOW) == 1
    assert mailing.send_due(NOW) == 0

    tell_officer()

    assert mailing.send_due(NOW) == 1


def test_an_office_is_told_of_its_own_and_of_its_unit_s_and_of_nobody_else_s() -> None:
    tell_office("mimp", "upe", UPE.office)
    mailing.send_due(NOW)
    tell_office("mimp", "cem")
    mailing.send_due(NOW)
    tell_office("pnp", "pnp", "pnp-deptrata-loreto")

    assert mailing.send_due(NOW) == 0
    assert to() == ["upe@example.org", "cem@example.org"]


def test_what_somebody_has_seen_and_what_is_old_is_not_told() -> None:
    tell_officer()
    Alert.objects.update(seen_at=NOW)
    tell_officer()
    Alert.objects.filter(seen_at=None).update(at=NOW - timedelta(days=8))

    assert mailing.send_due(NOW) == 0


def test_a_mail_server_that_does_not_answer_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tell_officer()
    with monkeypatch.context() as down:
        down.setattr("amparo.access.mailing.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError()))
        assert mailing.send_due(NOW) == 0

    assert mailing.send_due(NOW) == 1


def test_without_addresses_nothing_is_sent_and_an_unknown_office_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tell_officer()
    monkeypatch.setenv("AMPARO_ALERT_MAIL", "")
    assert mailing.send_due(NOW) == 0

    monkeypatch.setenv("AMPARO_ALERT_MAIL", "nowhere=x@example.org")
    with pytest.raises(Invalid, match=r"alert\.unknown_office"):
        mailing.send_due(NOW)
    for wrong in ("odp", "@example.org", "odp@", f"{UPE.office}="):
        monkeypatch.setenv("AMPARO_ALERT_MAIL", wrong)
        with pytest.raises(Invalid, match=r"alert\.no_address"):
            mailing.send_due(NOW)
    assert mail.outbox == []
