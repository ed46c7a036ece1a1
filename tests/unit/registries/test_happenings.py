"""What a new version of a row does to the events of its record."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.pack.layouts import EventRule
from amparo.registries.delivering.history import Written, last_told
from amparo.registries.happenings import Derived, Rules, changes

DAYS = st.dates(date(2024, 1, 1), date(2024, 1, 6)).map(date.isoformat)
EVENTS = st.lists(
    st.builds(
        Derived,
        type=st.sampled_from(["pri", "seguimiento"]),
        slot=st.sampled_from(["a", "b"]),
        on=DAYS,
        place=st.sampled_from(["", "170102"]),
        data=st.dictionaries(st.just("nivel"), st.sampled_from(["LEVE", "SEVERO"])),
    ),
    max_size=6,
)


def numbered(events: list[Derived]) -> list[Derived]:
    """Slots as ``derive`` writes them: the second of a part and day is ``#2``."""
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for event in events:
        name = (event.type, event.slot, event.on)
        seen[name] = seen.get(name, 0) + 1
        slot = event.slot if seen[name] == 1 else f"{event.slot}#{seen[name]}"
        found.append(Derived(event.type, slot, event.on, event.place, event.data))
    return found


def key(event: Derived) -> tuple:
    return (event.type, event.slot, event.on, event.place, sorted(event.data.items()))


@given(EVENTS, EVENTS)
def test_after_the_changes_exactly_the_new_version_is_told(before, after):
    old = dict(enumerate(numbered(before)))
    new = numbered(after)

    found = changes(old, new)

    gone = {name for name, _ in found.superseded} | set(found.retracted)
    left = [event for name, event in old.items() if name not in gone]
    told = [*left, *found.added, *(event for _, event in found.superseded)]
    assert sorted(map(key, told)) == sorted(map(key, new))


@given(EVENTS)
def test_the_same_version_again_changes_nothing(events):
    told = numbered(events)

    found = changes(dict(enumerate(told)), told)

    assert (found.added, found.superseded, found.retracted) == ((), (), ())


@given(EVENTS, EVENTS)
def test_no_event_is_superseded_or_taken_back_twice(before, after):
    found = changes(dict(enumerate(numbered(before))), numbered(after))

    names = [name for name, _ in found.superseded] + list(found.retracted)
    assert len(names) == len(set(names))


PRI = Derived("pri", "pri", "2024-01-05")


def test_a_corrected_date_supersedes():
    moved = Derived("pri", "pri", "2024-01-07")

    assert changes({1: PRI}, [moved]).superseded == ((1, moved),)


def test_an_event_no_longer_told_is_taken_back():
    assert changes({1: PRI}, []).retracted == (1,)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True))
def test_where_a_file_shows_only_the_latest_every_one_it_ever_showed_stands(days):
    shown = [Derived("seguimiento", "s", (date(2024, 1, 1) + timedelta(day)).isoformat()) for day in sorted(days)]
    standing: dict[int, Derived] = {}

    for event in shown:
        found = changes(standing, [event], frozenset({"s"}))
        assert (found.superseded, found.retracted) == ((), ())
        standing |= {len(standing) + place: new for place, new in enumerate(found.added)}

    assert list(standing.values()) == shown
    assert changes(standing, [], frozenset({"s"})).retracted == ()


def test_an_item_of_a_list_becomes_an_event_and_two_of_one_day_are_told_apart():
    rule = EventRule(type="atencion_servicio", each="atenciones", on="atenciones[].fecha")
    items = [{"atenciones[].fecha": "2024-01-05"}, {"atenciones[].fecha": ""}, {"atenciones[].fecha": "2024-01-05"}]

    found = Rules([rule]).derive({}, {"atenciones": items})

    assert [event.slot for event in found] == ["atencion_servicio", "atencion_servicio#2"]


def test_a_rule_holds_only_where_its_conditions_do():
    rule = EventRule(type="rechazo_udavit", on="FECHA", when={"UDAVIT": ("NA",), "ESTADO": ("*",), "CIERRE": ()})
    row = {"FECHA": "2024-01-05", "UDAVIT": "NA", "ESTADO": "ARCHIVO"}

    assert len(Rules([rule]).derive(row, {})) == 1
    assert Rules([rule]).derive(row | {"UDAVIT": "SI"}, {}) == []
    assert Rules([rule]).derive(row | {"ESTADO": ""}, {}) == []
    assert Rules([rule]).derive(row | {"CIERRE": "X"}, {}) == []


def uuid(number: int) -> UUID:
    return UUID(int=number)


def test_a_persons_correction_is_what_a_later_delivery_corrects():
    imported = Written(uuid(1), PRI, None, retracts=False)
    by_hand = Written(uuid(2), Derived("pri", "", "2024-01-09"), uuid(1), retracts=False)

    assert last_told([by_hand, imported]).events == {uuid(2): PRI}


def test_what_a_delivery_took_back_is_no_longer_told():
    imported = Written(uuid(1), PRI, None, retracts=False)
    taken_back = Written(uuid(2), PRI, uuid(1), retracts=True)
    by_hand_only = Written(uuid(3), Derived("pri", "", "2024-01-09"), None, retracts=False)

    assert last_told([imported, taken_back, by_hand_only]).events == {}


def test_what_takes_effect_at_once_does_so_without_its_own_day():
    rule = EventRule(
        type="medida_proteccion", slot="clave", on="ORDENADA", otherwise_on="ABIERTA", when={"CLAVE": ("*",)}
    )
    rules = Rules([rule])

    def days(**values):
        return [event.on for event in rules.derive({"ABIERTA": "2026-03-01", **values}, {})]

    assert days(CLAVE="x") == ["2026-03-01"]
    assert days(CLAVE="x", ORDENADA="2026-04-02") == ["2026-04-02"]
    assert days() == []
    assert days(CLAVE="x", ABIERTA="") == []
