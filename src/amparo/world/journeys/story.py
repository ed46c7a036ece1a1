"""The stories: one frozen record per institution, and the journey that holds them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from amparo.world.persons import Person
from amparo.world.places import District
from amparo.world.rescues import Rescue


@dataclass(frozen=True, slots=True)
class Recruitment:
    """How, where and when she was recruited, and for what she was exploited (codes of the pack)."""

    modality: str
    district: District
    on: date
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Police:
    """A registration by the police: told the prosecutor or not, referred her or not."""

    registered_on: date
    specialised: bool
    told_prosecutor_on: date | None
    referred_to: str
    referred_on: date | None


@dataclass(frozen=True, slots=True)
class Prosecution:
    """A prosecutor's file on her; ``states`` in order of their days, the last may be years later."""

    opened_on: date
    udavit: str
    udavit_on: date | None
    camara_gesell_on: date | None
    protection_on: date | None
    reserved: bool
    states: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class ChildProtection:
    """A child's procedure at the UPE, to the end of her stay and what came after."""

    opened_on: date
    procedure: str
    resolved: bool
    measure: str
    shelter_in: date | None
    left_on: date | None
    left_because: str
    opinion_on: date | None
    pti_on: date | None
    pri_on: date | None
    followed_up: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class WomensCentre:
    """A ficha at a CEM."""

    opened_on: date
    condition: int
    referred_by: str
    risk: str
    psychology_on: date | None
    social_on: date | None
    legal_on: date | None
    pri_on: date | None
    followed_up: tuple[date, ...]
    closed_on: date | None
    closed_because: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service asked for, given or not given, with the reason."""

    on: date
    area: str
    service: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral by the CALP and what came back; nothing came back where ``answered_on`` is None."""

    on: date
    to: str
    answer: str
    answered_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One purpose she was asked to consent to."""

    on: date
    purpose: str
    form: str
    decision: str


@dataclass(frozen=True, slots=True)
class Accompaniment:
    """A ficha of the CALP."""

    opened_on: date
    consents: tuple[Consent, ...]
    services: tuple[Service, ...]
    referrals: tuple[Referral, ...]
    risk: str
    risk_on: date | None
    pri_on: date | None
    followed_up: tuple[date, ...]
    closed_on: date | None
    closed_because: str


@dataclass(frozen=True, slots=True)
class Journey:
    """One person's way after one rescue. An institution that opened two files on her has two stories."""

    person: Person
    rescue: Rescue
    recruitment: Recruitment
    police: tuple[Police, ...]
    prosecution: tuple[Prosecution, ...]
    child_protection: tuple[ChildProtection, ...]
    womens_centre: tuple[WomensCentre, ...]
    accompaniment: tuple[Accompaniment, ...]

    @property
    def is_child(self) -> bool:
        """Whether she was under 18 when she was rescued."""
        return self.person.is_child_on(self.rescue.on)


def later(rng: Random, day: date, least: int, most: int) -> date:
    """A day between so many days after another, both included."""
    return day + timedelta(days=rng.randint(least, most))


def maybe(rng: Random, probability: float, day: date, least: int, most: int) -> date | None:
    """Such a day with that probability; None where the step never happened."""
    return later(rng, day, least, most) if rng.random() < probability else None


def every_so_often(rng: Random, start: date, end: date | None, *, goes_on: float) -> tuple[date, ...]:
    """Visits one to three months apart until somebody forgets, or until the end."""
    found: list[date] = []
    day = start
    while rng.random() < goes_on and len(found) < 12:
        day = later(rng, day, 25, 95)
        if end is not None and day > end:
            break
        found.append(day)
    return tuple(found)
