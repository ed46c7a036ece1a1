"""The CALP: consent by purpose, services asked for and given or not given, referrals that come back or do not."""

from __future__ import annotations

from datetime import date
from random import Random

from amparo.world.draw import Deck, chance
from amparo.world.journeys import protection
from amparo.world.journeys.story import (
    Accompaniment,
    Consent,
    Referral,
    Service,
    every_so_often,
    later,
    maybe,
)

_SERVICES = Deck((
    (("legal", "asesoria legal"), 14), (("legal", "patrocinio"), 9), (("legal", "acompañamiento a diligencia"), 9),
    (("psicologia", "primeros auxilios psicologicos"), 9), (("psicologia", "sesion psicologica"), 18),
    (("social", "visita domiciliaria"), 7), (("social", "alimentacion y vestido"), 6), (("social", "alojamiento"), 6),
    (("social", "transporte"), 5), (("salud", "atencion de salud"), 7), (("salud", "salud mental comunitaria"), 4),
    (("identidad", "tramite de DNI"), 5), (("educacion", "matricula escolar"), 4),
    (("empleo", "capacitacion laboral"), 4), (("empleo", "bolsa de trabajo"), 2), (("social", "retorno a origen"), 3),
))  # fmt: skip
_STATES = Deck((("brindado", 66), ("solicitado", 10), ("ofrecido", 6), ("rechazado", 5), ("no brindado", 13)))
_WHY_NOT = Deck((("sin presupuesto", 34), ("sin cupo", 26), ("distancia", 22), ("sin respuesta de la institucion", 18)))
_REFERRED_TO = Deck(
    (("UDAVIT", 24), ("CEM", 20), ("UPE", 16), ("Defensa Pública", 16), ("DIRESA", 12), ("RENIEC", 7), ("CAR", 5))
)
_ANSWERS = Deck((("aceptada", 50), ("rechazada", 12), ("sin respuesta", 38)))
_REFUSED_BECAUSE = Deck((("sin cupo", 4), ("no corresponde a su jurisdiccion", 3), ("sin personal", 3)))
_PURPOSES = (
    ("atencion", 0.97), ("compartir con MP", 0.62), ("compartir con PNP", 0.38), ("compartir con MIMP", 0.60),
    ("contacto futuro", 0.72), ("uso estadistico", 0.80),
)  # fmt: skip


def accompaniment(rng: Random, rescued: date, *, child: bool) -> Accompaniment:
    """A ficha of the CALP: an ally calls, often weeks after the rescue."""
    opened = later(rng, rescued, 0, 10) if chance(rng, 0.55) else later(rng, rescued, 11, 160)
    closed_on = maybe(rng, 0.40, opened, 120, 540)
    return Accompaniment(
        opened_on=opened,
        consents=_consents(rng, opened, child=child),
        services=tuple(_service(rng, opened) for _ in range(rng.randint(1, 7))),
        referrals=tuple(_referral(rng, opened) for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))),
        risk=protection.risk(rng),
        risk_on=maybe(rng, 0.7, opened, 0, 15),
        pri_on=maybe(rng, 0.5, opened, 20, 90),
        followed_up=every_so_often(rng, opened, closed_on, goes_on=0.82),
        closed_on=closed_on,
        closed_because=protection.closing_reason(rng) if closed_on else "",
    )


def _consents(rng: Random, opened: date, *, child: bool) -> tuple[Consent, ...]:
    form = rng.choice(("asentimiento", "representante")) if child else rng.choice(("escrito", "escrito", "verbal"))
    asked = [(purpose, agrees) for purpose, agrees in _PURPOSES if purpose == "atencion" or chance(rng, 0.75)]
    given = [Consent(opened, purpose, form, "si" if chance(rng, agrees) else "no") for purpose, agrees in asked]
    if chance(rng, 0.05) and given[-1].decision == "si":
        given.append(Consent(later(rng, opened, 20, 200), given[-1].purpose, "verbal", "retirado"))
    return tuple(given)


def _service(rng: Random, opened: date) -> Service:
    area, service = _SERVICES.draw(rng)
    state = _STATES.draw(rng)
    reason = _WHY_NOT.draw(rng) if state == "no brindado" else "decision de la persona" if state == "rechazado" else ""
    return Service(later(rng, opened, 0, 150), area, service, state, reason)


def _referral(rng: Random, opened: date) -> Referral:
    sent, answer = later(rng, opened, 0, 60), _ANSWERS.draw(rng)
    if answer == "sin respuesta":
        return Referral(sent, _REFERRED_TO.draw(rng), answer, None, "")
    reason = _REFUSED_BECAUSE.draw(rng) if answer == "rechazada" else ""
    return Referral(sent, _REFERRED_TO.draw(rng), answer, later(rng, sent, 1, 45), reason)
