"""Files as the invented world does not write them: each perturbation is one way in which real files may differ.

A perturbation changes whom the rows are on (``people``), how clerks write (``habits``), or the rows themselves
(``rows``). None of them knows anything of how linkage works.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from random import Random

from amparo.world import habits, typed
from amparo.world.csv_for_link import COLUMNS, link_row
from amparo.world.fields import taken
from amparo.world.habits import Habits
from amparo.world.registers.entry import Entry
from bench import _stress_people as people
from bench import _stress_rows as rows
from bench._stress_rows import Row

_TODAY = date(2025, 6, 1)
_HABITS = {
    "pnp-reta": habits.PNP,
    "mp": habits.MP,
    "mimp-cem": habits.CEM,
    "mimp-upe": habits.UPE,
    "calp": habits.CALP,
}
_ERRORS = (
    "by_ear", "by_hand", "first_name_only", "second_name_only", "nickname", "no_second_surname", "swapped_surnames",
    "wrong_digit", "transposed", "day_month_swapped", "wrong_year", "wrong_sex",
)  # fmt: skip


def _same_people(entries: list[Entry], _: Random) -> list[Entry]:
    return entries


def _same_habits(usual: Habits) -> Habits:
    return usual


def _same_rows(rows: list[Row], _: Random) -> list[Row]:
    return rows


@dataclass(frozen=True, slots=True)
class Stress:
    """One way in which files differ; ``size`` is the share of the people that the benchmark was asked for."""

    people: Callable[[list[Entry], Random], list[Entry]] = _same_people
    habits: Callable[[Habits], Habits] = _same_habits
    rows: Callable[[list[Row], Random], list[Row]] = _same_rows
    size: float = 1.0


def files(name: str, count: int, seed: int) -> list[Row]:
    """The rows of one perturbed world, each with the person it is on in truth."""
    stress = STRESSES[name]
    rng = Random(f"{name}/{seed}")
    entries = list(taken(round(count * stress.size), seed, _TODAY))
    changed = stress.people(entries, rng)
    if changed is not entries or stress.habits is not _same_habits:
        changed = [_typed_again(entry, stress.habits(_HABITS[entry.source]), rng) for entry in changed]
    written_rows = [(dict(zip(COLUMNS, link_row(entry), strict=True)), entry.person) for entry in changed]
    told = stress.rows(written_rows, rng)
    return [({**cells, "record_id": f"r{number}"}, person) for number, (cells, person) in enumerate(told)]


def _typed_again(entry: Entry, usual: Habits, rng: Random) -> Entry:
    again = typed.type_identity(rng, entry.person, usual, entry.aged_on)
    return replace(entry, typed=again)


def _times(factor: float) -> Callable[[Habits], Habits]:
    def changed(usual: Habits) -> Habits:
        return replace(usual, **{name: min(getattr(usual, name) * factor, 0.9) for name in _ERRORS})

    return changed


def _with(**rates: float) -> Callable[[Habits], Habits]:
    known = {each.name for each in fields(Habits)}
    if not known >= rates.keys():
        raise ValueError("no such habit")
    return lambda usual: replace(usual, **rates)  # type: ignore[arg-type]


STRESSES: dict[str, Stress] = {
    "as_it_is": Stress(),
    "unseen_names": Stress(people=people.unseen_names),
    "few_surnames": Stress(people=people.few_surnames),
    "few_given_names": Stress(people=people.few_given_names),
    "foreigners": Stress(people=people.foreigners),
    "twins": Stress(people=people.twins),
    "siblings": Stress(people=people.siblings),
    "namesakes": Stress(people=people.namesakes),
    "guardians_documents": Stress(people=people.with_guardians_documents, habits=_with(no_document=0.1)),
    "high_overlap": Stress(people=people.known_everywhere),
    "low_overlap": Stress(rows=rows.thinned),
    "duplicates": Stress(people=people.written_twice(0.2)),
    "few_errors": Stress(habits=_times(0.3)),
    "many_errors": Stress(habits=_times(2.5)),
    "documents_missing": Stress(habits=_with(no_document=0.85)),
    "documents_always": Stress(habits=_with(no_document=0.0)),
    "no_documents": Stress(rows=rows.blank("tipo_doc", "num_doc")),
    "documents_as_typed": Stress(rows=rows.each(rows.numbers_as_typed)),
    "no_document_kinds": Stress(rows=rows.each(rows.no_kind)),
    "given_names_left_out": Stress(habits=_with(first_name_only=0.4, second_name_only=0.1)),
    "upper_case": Stress(rows=rows.each(rows.upper)),
    "mojibake": Stress(rows=rows.one_institution(rows.mojibake, "mimp")),
    "question_marks": Stress(rows=rows.each(rows.question_marks)),
    "one_without_births": Stress(rows=rows.one_institution(lambda cells, rng: {"fecha_nac": "", "edad": ""}, "mp")),
    "only_ages": Stress(rows=rows.each(rows.only_ages)),
    "ages_off_two_years": Stress(rows=rows.each(rows.ages_off)),
    "half_of_births_swapped": Stress(rows=rows.one_institution(rows.swapped_birth, "mimp")),
    "no_births": Stress(rows=rows.blank("fecha_nac", "edad")),
    "no_sexes": Stress(rows=rows.blank("sexo")),
    "no_events": Stress(rows=rows.blank("fecha_hecho", "ubigeo_hecho")),
    "events_by_institution": Stress(rows=rows.each(rows.event_by_institution)),
    "one_big_raid": Stress(rows=rows.each(rows.big_raid)),
    "few_raids": Stress(rows=rows.few_raids),
    "third_of_cells_blank": Stress(rows=rows.each(rows.some_blank)),
    "columns_missing": Stress(
        rows=rows.without("alias", "sexo", "nacionalidad", "ubigeo_origen", "ubigeo_hecho", "edad")
    ),
    "more_institutions": Stress(rows=rows.each(rows.more_institutions)),
    "no_institutions": Stress(rows=rows.each(rows.no_institution)),
    "names_exchanged": Stress(rows=rows.one_institution(rows.exchanged, "calp")),
    "names_in_one_cell": Stress(rows=rows.one_institution(rows.one_cell, "mp")),
    "all_names_in_one_cell": Stress(rows=rows.each(rows.one_cell)),
    "given_names_first_in_one_cell": Stress(rows=rows.one_institution(rows.one_cell_given_first, "mimp")),
    "surnames_in_one_cell": Stress(rows=rows.one_institution(rows.surnames_in_one_cell, "pnp")),
    "dates_with_slashes": Stress(rows=rows.each(rows.slashes)),
    "five_hundred_records": Stress(size=0.12),
    "hundred_records": Stress(size=0.025),
}


def names() -> Sequence[str]:
    """The names of all perturbations, in their order."""
    return tuple(STRESSES)
