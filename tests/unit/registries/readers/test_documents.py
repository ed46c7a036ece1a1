"""JSON of any shape is taken, set aside or refused."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.kernel.errors import Invalid
from amparo.registries.messages import SENTENCES
from amparo.registries.readers import documents
from amparo.registries.readers.limits import Limits
from tests.unit.registries.reading import IMPORTS, read

SHEET = json.loads((IMPORTS / "calp" / "sample.json").read_text(encoding="utf-8"))["fichas"][0]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from(list(SHEET)), ANYTHING, max_size=4))
def test_a_sheet_with_anything_in_any_place_is_taken_set_aside_or_refused(changes):
    content = json.dumps({"fichas": [SHEET, {**SHEET, **changes}]}).encode()

    try:
        _, rows = read("calp", content)
    except Invalid as refused:
        codes = [refused.code]
    else:
        codes = [reason["code"] for row in rows for reason in row.get("reasons", ())]

    assert set(codes) <= set(SENTENCES)


def test_objects_become_dotted_columns_and_lists_of_objects_stay_lists():
    item = {"a": {"b": 1, "c": None}, "x": [{"y": True, "z": [1, 2]}, {}], "p": ["q", "r"]}

    assert documents.flatten(item, frozenset({"x"}), Limits()) == {
        "a.b": "1",
        "a.c": "",
        "x[]": [{"x[].y": "1", "x[].z": "1 | 2"}, {}],
        "p": "q | r",
    }
