"""Where a role can go, in the order of use."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the navigation: its URL name, what it is called, what it is for, and the capability it needs."""

    route: str
    icon: str
    capability: str
    label: str | Promise
    title: str | Promise
    text: str | Promise
    # First parts of the URL names of pages that belong to it.
    family: tuple[str, ...] = ()


PLACES = (
    Place("my-list", "list", "my_list", _("Lista"), _("Lo que se debe"),
          _("Qué paso toca, a quién y desde cuándo."), ("my-list", "thread", "event", "notice", "consent")),
    Place("search", "search", "search_hit", _("Buscar"), _("Buscar a una persona"),
          _("Con lo que sepa: un apellido, un apodo, un documento."), ("search", "known")),
    Place("assignments", "person", "assign", _("Encargos"), _("A quién se encarga cada persona"),
          _("Que nadie de su dependencia quede sin alguien que responda."), ("assign",)),
    Place("deliveries", "inbox", "delivery_read", _("Entregas"), _("Entregas de registros"),
          _("Entregue el archivo tal como está y vea qué se tomó."), ("deliver",)),
    Place("pairs", "pairs", "pair_judge", _("Pares"), _("Pares por decidir"),
          _("¿Son la misma persona? Usted decide, y siempre se puede deshacer."), ("pair", "dispute")),
    Place("labels", "series", "labels_read", _("Pesos"), _("Lo que enseñan las decisiones"),
          _("Qué cambiaría al comparar, y quién lo decidió.")),
    Place("chain", "chain", "chain_read", _("Cadena"), _("La cadena de atención"),
          _("Cuántas personas llegan a cada paso y dónde se rompe.")),
    Place("series-list", "series", "series_read", _("Cifras"), _("Cifras oficiales"),
          _("Lo publicado, al lado de lo que dicen los registros."), ("series",)),
    Place("ledger", "ledger", "ledger_read", _("Bitácora"), _("Bitácora de accesos"),
          _("Quién miró qué, cuándo y para qué."), ("ledger", "readings", "own-report", "kept")),
    Place("desk", "due", "desk", _("Despacho"), _("Despacho de datos personales"),
          _("Lo que la ley hace correr, y para quién."), ("desk", "incident", "request", "access", "attest")),
    Place("changes", "check", "access_confirm", _("Por dar"), _("Accesos por dar"),
          _("Lo que otra persona pidió para un acceso, y espera por usted."), ("change",)),
    Place("keeping", "waived", "erasure", _("Borrar"), _("Borrar y conservar"),
          _("Qué identidades se borran, y qué la ley manda conservar."), ("keeping", "erasure", "hold")),
    Place("places", "lock", "places", _("Lugares"), _("Lugares reservados"),
          _("Dónde está, solo para quien deba saberlo."), ("place",)),
    Place("alerts", "info", "alerts_read", _("Alertas"), _("Alertas"),
          _("Lo que alguien debe saber, sin contenido."), ("alert", "emergenc", "recall")),
)  # fmt: skip


def places_of(actor: Actor) -> list[Place]:
    """The pages that a role may open."""
    return [place for place in PLACES if actor.can(place.capability)]


def is_current(place: Place, route: str) -> bool:
    """Whether the page with this URL name belongs to the place."""
    return any(route.startswith(name) for name in place.family or (place.route,))
