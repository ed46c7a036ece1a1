"""Each institution's vices at the keyboard, as rates: what its clerks leave out, mishear, shorten and mistype.

The rates are invented, set so that the joint picture is as bad as the evaluations describe: a third of the police's
rows without a document, ages that were declared under threat, a spreadsheet that eats zeros.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """Rates between 0 and 1, per row unless said otherwise."""

    by_ear: float
    """Per word of a name: written as heard."""
    by_hand: float
    """Per word of a name: a slip of the finger."""
    no_accents: float
    upper_case: bool
    first_name_only: float
    second_name_only: float
    abbreviated: float
    nickname: float
    alias_as_name: float
    no_second_surname: float
    swapped_surnames: float
    nobody: float
    """Nothing is known of the name: NN."""
    initials: float
    no_document: float
    guardians_document: float
    false_document: float
    """Of those who carry one: it is what the clerk copies."""
    wrong_digit: float
    transposed: float
    birth_known: float
    """The birth is given as a date; otherwise only an age."""
    first_of_january: float
    """Of the births given: an estimated age turned into 1 January (or 30 June)."""
    day_month_swapped: float
    """Of the births given whose day could be a month."""
    wrong_year: float
    no_age: float
    no_sex: float
    wrong_sex: float
    no_origin: float
    capital_as_origin: float
    corrected: float
    """Rows of an earlier extraction that the clerk has set right since."""


PNP = Habits(
    by_ear=0.055, by_hand=0.022, no_accents=1.0, upper_case=True, first_name_only=0.15, second_name_only=0.02,
    abbreviated=0.18, nickname=0.02, alias_as_name=0.012, no_second_surname=0.06, swapped_surnames=0.015,
    nobody=0.012, initials=0.0, no_document=0.38, guardians_document=0.004, false_document=0.7, wrong_digit=0.02,
    transposed=0.018, birth_known=0.62, first_of_january=0.03, day_month_swapped=0.0, wrong_year=0.012, no_age=0.04,
    no_sex=0.03, wrong_sex=0.006, no_origin=0.25, capital_as_origin=0.15, corrected=0.025,
)  # fmt: skip
MP = Habits(
    by_ear=0.035, by_hand=0.018, no_accents=0.85, upper_case=True, first_name_only=0.08, second_name_only=0.01,
    abbreviated=0.06, nickname=0.004, alias_as_name=0.003, no_second_surname=0.05, swapped_surnames=0.012,
    nobody=0.02, initials=0.055, no_document=0.33, guardians_document=0.012, false_document=0.45, wrong_digit=0.015,
    transposed=0.016, birth_known=0.55, first_of_january=0.02, day_month_swapped=0.0, wrong_year=0.01, no_age=0.08,
    no_sex=0.05, wrong_sex=0.006, no_origin=1.0, capital_as_origin=0.0, corrected=0.02,
)  # fmt: skip
CEM = Habits(
    by_ear=0.045, by_hand=0.025, no_accents=0.45, upper_case=False, first_name_only=0.10, second_name_only=0.03,
    abbreviated=0.10, nickname=0.015, alias_as_name=0.0, no_second_surname=0.04, swapped_surnames=0.02,
    nobody=0.0, initials=0.0, no_document=0.16, guardians_document=0.004, false_document=0.1, wrong_digit=0.018,
    transposed=0.012, birth_known=0.85, first_of_january=0.05, day_month_swapped=0.12, wrong_year=0.012, no_age=0.10,
    no_sex=0.01, wrong_sex=0.002, no_origin=1.0, capital_as_origin=0.0, corrected=0.025,
)  # fmt: skip
UPE = Habits(
    by_ear=0.03, by_hand=0.015, no_accents=0.35, upper_case=False, first_name_only=0.05, second_name_only=0.01,
    abbreviated=0.03, nickname=0.004, alias_as_name=0.0, no_second_surname=0.06, swapped_surnames=0.01,
    nobody=0.006, initials=0.0, no_document=0.25, guardians_document=0.03, false_document=0.15, wrong_digit=0.012,
    transposed=0.01, birth_known=0.78, first_of_january=0.06, day_month_swapped=0.0, wrong_year=0.008, no_age=0.06,
    no_sex=0.01, wrong_sex=0.002, no_origin=0.15, capital_as_origin=0.10, corrected=0.025,
)  # fmt: skip
CALP = Habits(
    by_ear=0.03, by_hand=0.015, no_accents=0.20, upper_case=False, first_name_only=0.14, second_name_only=0.05,
    abbreviated=0.05, nickname=0.04, alias_as_name=0.01, no_second_surname=0.08, swapped_surnames=0.01,
    nobody=0.0, initials=0.01, no_document=0.22, guardians_document=0.006, false_document=0.05, wrong_digit=0.012,
    transposed=0.01, birth_known=0.72, first_of_january=0.03, day_month_swapped=0.0, wrong_year=0.008, no_age=0.10,
    no_sex=0.01, wrong_sex=0.002, no_origin=0.10, capital_as_origin=0.05, corrected=0.03,
)  # fmt: skip
