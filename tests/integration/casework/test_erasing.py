"""Erasing a record takes her name away for good, says so in a certificate, and waits while the law says keep."""

from __future__ import annotations

import io
from dataclasses import replace
from uuid import UUID

import pytest

from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import catching_up, erasing
from amparo.casework.queries import persons
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from amparo.ledger import signing, verification
from amparo.registries.actions import erasing as registries
from amparo.registries.actions import holding
from amparo.registries.actions.deliver import deliver
from amparo.registries.models import Record, SetAside
from amparo.registries.queries import identities
from amparo.vault import certificates, holds, queries
from amparo.vault.models import DataKey, Erasure, OwnerTokens
from proofs import _marked
from tests.worlds import NOW

OFFICER = Actor("officer", scope="all", capabilities=frozenset({"erasure"}))
ANOTHER = Actor("another", scope="all", capabilities=frozenset({"legal_hold"}))
BASIS = "Ley 29733, art. 20"


def handed_in(people: int = 3) -> list[UUID]:
    taken = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(_marked.export(people)), at=NOW)
    catching_up.catch_up(actor=MACHINE, at=NOW)
    return sorted(taken.touched)


def test_her_name_is_gone_from_vault_search_and_lists_and_the_others_stay() -> None:
    her, *others = handed_in()
    tokens = identities.tokens_of([her])[her]

    done = erasing.erase(actor=OFFICER, records=[her], basis=BASIS, at=NOW)

    assert done.done_at == NOW
    assert identities.of_records([her, *others]).keys() == set(others)
    assert not DataKey.objects.filter(owner=her).exists()
    assert not OwnerTokens.objects.filter(owner=her).exists()
    assert her not in queries.owners_with(tokens)
    initials = persons.initials_of([her, *others])
    assert [bool(initials[person]) for person in (her, *others)] == [False, True, True]
    assert verification.verify().fault is None


def test_a_later_delivery_does_not_bring_her_back() -> None:
    her, *_ = handed_in()
    erasing.erase(actor=OFFICER, records=[her], basis=BASIS, at=NOW)
    changed = _marked.export(3).replace(b"LA PAMPA", b"DELTA 1")

    again = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(changed), at=NOW)

    assert (again.new, again.changed, again.unchanged) == (0, 2, 1)
    assert identities.of_records([her]) == {}


def test_the_certificate_can_be_checked_and_any_change_to_it_shows() -> None:
    her, *_ = handed_in()

    certificate = certificates.of(erasing.erase(actor=OFFICER, records=[her], basis=BASIS, at=NOW))

    key = signing.public_key()
    assert certificates.is_genuine(certificate, key)
    assert certificate["records"] == [her.hex]
    assert len(certificate["keys_destroyed"]) == 2
    assert certificate["remains"]["files"] == 1
    assert certificate["asked_by"] == ""
    assert certificate["ledger"]["entry"]["detail"]["digest"] == certificate["keys_digest"]
    for name in certificate.keys() - {"public_key"}:
        assert not certificates.is_genuine(certificate | {name: "another"}, key), name
    assert not _marked.marks_in(str(certificate), 3)


def test_a_legal_hold_stops_the_erasure_until_it_is_lifted() -> None:
    her, other, _ = handed_in()
    article = "CPP, art. 220"
    holds.place(author=OFFICER.author, subjects=[her], reason="criminal_proceedings", article=article, at=NOW)

    with pytest.raises(Conflict, match="legal_hold"):
        erasing.erase(actor=OFFICER, records=[her, other], basis=BASIS, at=NOW)

    assert identities.of_records([her, other]).keys() == {her, other}
    assert Erasure.objects.count() == 0
    holds.lift(author=OFFICER.author, subjects=[her], why="ended", at=NOW)
    with pytest.raises(Conflict, match="needs_another"):
        holds.lift(author=OFFICER.author, subjects=[her], why="ended", at=NOW)
    with pytest.raises(Conflict, match="legal_hold"):
        erasing.erase(actor=OFFICER, records=[her, other], basis=BASIS, at=NOW)
    holds.lift(author=ANOTHER.author, subjects=[her], why="ended", at=NOW)
    erasing.erase(actor=OFFICER, records=[her, other], basis=BASIS, at=NOW)
    assert identities.of_records([her, other]) == {}


def test_an_erasure_whose_process_died_is_done_by_the_next_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    her, *_ = handed_in()
    with monkeypatch.context() as dying:
        dying.setattr(registries, "finish", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(actor=OFFICER, records=[her], basis=BASIS, at=NOW)
    with pytest.raises(Conflict, match="not_erased_yet"):
        certificates.of(Erasure.objects.get())

    assert registries.complete_all(at=NOW) == [her]

    assert identities.of_records([her]) == {}
    assert Record.objects.get(id=her).erased
    assert certificates.is_genuine(certificates.of(Erasure.objects.get()), signing.public_key())


def test_a_row_of_hers_that_was_set_aside_goes_too() -> None:
    broken = _marked.export(1).replace(b"01/09/2026;160102", b"99/99/2026;160102")
    first = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(broken), at=NOW)
    assert first.set_aside == 1
    (her,) = handed_in(1)
    row = SetAside.objects.get().id
    assert queries.open_many([row], "row")

    erasing.erase(actor=OFFICER, records=[her], basis=BASIS, at=NOW)

    assert queries.open_many([row], "row") == {}


@pytest.mark.parametrize("basis", ["", "   ", "x" * 121])
def test_without_an_article_nothing_is_erased(basis: str) -> None:
    with pytest.raises(Invalid, match="no_article"):
        erasing.erase(actor=OFFICER, records=handed_in(1), basis=basis, at=NOW)


def test_only_whoever_may_erase_does_and_only_what_there_is() -> None:
    with pytest.raises(Denied):
        erasing.erase(actor=Actor("worker"), records=handed_in(1), basis=BASIS, at=NOW)
    with pytest.raises(NotFound, match="no_such_code"):
        registries.by_codes(["P-NOBODY"])


def test_a_hold_takes_a_reason_of_the_list_and_an_article() -> None:
    records = handed_in(1)

    with pytest.raises(Invalid, match="unknown_reason"):
        holds.place(author=OFFICER.author, subjects=records, reason="because", article="CPP", at=NOW)
    with pytest.raises(Invalid, match="no_article"):
        holds.place(author=OFFICER.author, subjects=records, reason="court_order", article=" ", at=NOW)
    with pytest.raises(NotFound):
        holds.lift(author=OFFICER.author, subjects=records, why="ended", at=NOW)


def test_an_institution_erases_and_holds_only_records_of_its_own() -> None:
    records = handed_in(1)
    theirs = Actor("other", institution="mp", capabilities=frozenset({"erasure", "legal_hold"}))
    ours = Actor("own", institution="pnp", capabilities=theirs.capabilities)

    with pytest.raises(NotFound):
        erasing.erase(actor=theirs, records=records, basis=BASIS, at=NOW)
    with pytest.raises(NotFound):
        holding.place(actor=theirs, records=records, reason="court_order", article="CPP, art. 220", at=NOW)
    with pytest.raises(Denied):
        holding.place(actor=OFFICER, records=records, reason="court_order", article="CPP, art. 220", at=NOW)

    assert holding.place(actor=ours, records=records, reason="court_order", article="CPP, art. 220", at=NOW) == 1
    assert holding.lift(actor=ours, records=records, why="mistake", at=NOW).asked == 1
    colleague = replace(ours, name="a colleague")
    assert holding.lift(actor=colleague, records=records, why="mistake", at=NOW).lifted == 1
    assert erasing.erase(actor=ours, records=records, basis=BASIS, at=NOW).done_at == NOW
