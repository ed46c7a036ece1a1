"""Where SQL of Amparo's own may stand. All else goes through the models, which put no value into a statement."""

from __future__ import annotations

import ast

from tests.architecture.tree import SRC, files

# Locks, roles and rights have no words in the models; rows are written in bulk; a backup looks at whole databases.
REVIEWED = {
    "interfaces/cli/commands/grants.py", "interfaces/web/views/health.py", "ledger/rows.py", "ledger/turns.py",
    "ledger/verification.py", "vault/apart.py", "vault/backups/databases.py", "vault/backups/drills.py",
    "vault/backups/facts.py", "vault/guard.py",
}  # fmt: skip
BY_HAND = {"cursor", "raw", "RawSQL", "executescript", "executemany"}


def statements_by_hand(tree: ast.AST) -> bool:
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {getattr(function, "attr", getattr(function, "id", "")) for function in called}
    return not BY_HAND.isdisjoint(names)


def test_sql_is_written_in_the_few_modules_that_somebody_has_looked_at() -> None:
    program = [path for path in files() if path.suffix == ".py" and path.is_relative_to(SRC)]
    found = {
        path.relative_to(SRC).as_posix()
        for path in program
        if "migrations" not in path.parts and "engines" not in path.parts
        if statements_by_hand(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found == REVIEWED


def test_the_test_itself_finds_a_statement() -> None:
    assert statements_by_hand(ast.parse("with connection.cursor() as c:\n    c.execute('x')"))
    assert statements_by_hand(ast.parse("Person.objects.raw('x')"))
    assert not statements_by_hand(ast.parse("Person.objects.filter(id=1)"))
