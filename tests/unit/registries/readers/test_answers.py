"""The parent believes the reading process only in the agreed form."""

from __future__ import annotations

import subprocess
import sys
import tempfile

import pytest

from amparo.kernel.errors import Invalid
from amparo.registries.readers import parent
from amparo.registries.readers.answers import PLAIN, RECORDS, Form

OPENED = '{"opened":{"read_as":{"format":"csv"},"notes":[]}}'
END = '{"end":{"rows":1}}'


def hear(monkeypatch: pytest.MonkeyPatch, *lines: str, form: Form[object] = RECORDS) -> list[list[object]]:
    """What the parent takes from a child that answers these lines."""
    code = "import sys; sys.stdin.readline(); sys.stdout.write(sys.argv[1])"
    command = [sys.executable, "-c", code, "".join(f"{line}\n" for line in lines)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr(parent, "_start", lambda _descriptor: child)
    with tempfile.TemporaryFile() as file, parent.opened(file, 0, {}, form) as (_, chunks):
        return list(chunks)


@pytest.mark.parametrize(
    "lines",
    [
        ["no JSON at all"],
        ['{"opened":{"read_as":{"format":"\\ud800"},"notes":[]}}'],
        ['{"opened":3}'],
        [END],
        [OPENED, '{"rows":[{"is":"taken","n":"one"}]}', END],
        [OPENED, '{"rows":[{"n":1,"key":"K"}]}', END],
        [OPENED, '{"rows":[{"is":"barred","n":1,"key":"K","reasons":[],"typed":{"A":]}}]}', END],
        [OPENED],
    ],
)
def test_what_is_not_in_the_form_is_refused(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        hear(monkeypatch, *lines)

    assert refused.value.code == "file.unreadable"


def test_rows_in_the_form_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    row = '{"n":1,"values":{"A":"1"},"reasons":[]}'

    chunks = hear(monkeypatch, OPENED, f'{{"rows":[{row}]}}', END, form=PLAIN)

    assert [(each.n, each.values) for each in chunks[0]] == [(1, {"A": "1"})]


def test_a_refusal_of_the_child_is_the_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid) as refused:
        hear(monkeypatch, '{"error":{"code":"file.no_rows","params":{}}}')

    assert refused.value.code == "file.no_rows"
