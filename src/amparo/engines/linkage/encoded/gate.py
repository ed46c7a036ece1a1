"""What forbids joining two encodings alone, however high their score.

Encodings show less of what tells kin apart: not which name differs, not whether two numbers follow one another, not
whose document a child was written under. Whatever might be siblings, twins or namesakes is therefore asked about.
"""

from __future__ import annotations

from amparo.engines.linkage.encoded.levels import Birth, Document, Event, Levels, Name

TWO_PEOPLE = frozenset({"different_documents", "births_differ", "unlike_names"})


def contradictions(levels: Levels) -> tuple[str, ...]:
    """The codes of all rules that apply; empty where the two may be joined if their score allows."""
    name, document, birth, _, event = levels
    rules = {
        "no_identity": name == Name.MISSING,
        "different_documents": document == Document.DIFFERENT,
        "unlike_names": name == Name.UNLIKE,
        "births_differ": birth in (Birth.APART, Birth.DAYS_DIFFER)
        and not (name == Name.SAME and document == Document.SAME),
        "shared_document": document == Document.SAME
        and name < Name.NEAR
        and birth != Birth.SAME
        and event != Event.SAME,
        "maybe_kin": Name.SOME <= name < Name.SAME and document != Document.SAME,
        "maybe_homonyms": name == Name.SAME
        and document != Document.SAME
        and birth != Birth.SAME
        and event != Event.SAME,
    }
    return tuple(code for code, applies in rules.items() if applies)
