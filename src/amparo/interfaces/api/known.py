"""Is this person known? Yes or no, and whom to call: the same for every role, because a machine reads no threads."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from amparo.casework.queries import known
from amparo.casework.queries.search import Holder
from amparo.casework.rules.knowing import Told
from amparo.interfaces.api import errors
from amparo.interfaces.api.operations import actor_in, operation
from amparo.interfaces.api.schemas import Asked, Contact, Known, Part
from amparo.pack.current import pack

_MOST_CONTACTS = 3
# The name of each part on the wire, by its name inside.
_PARTS = {
    "given": "nombres", "surnames": "apellidos", "alias": "alias", "sex": "sexo", "birth": "nacimiento",
    "document_kind": "tipo_doc", "document": "num_doc", "reference": "referencia", "origin": "ubigeo_origen",
    "event_on": "fecha_hecho", "event_place": "ubigeo_hecho",
}  # fmt: skip


@operation("/conocida", "search_hit", Known, summary="¿Conocen a esta persona? / Is this person known?")
def person_known(request: HttpRequest, asked: Asked) -> Known | HttpResponse:
    """Whether a record of some institution is probably hers, and which office to call.

    Names need a birth or a second surname beside them. Whoever the asker is kept away from, and whose identity is
    under reserve, is not told of. What is sent is compared and forgotten; the ledger has whom it found and why.
    """
    told = Told(**{inside: getattr(asked, wire) for inside, wire in _PARTS.items()})
    found = known.ask(actor=actor_in(request), told=told, purpose=asked.finalidad, at=timezone.now(), least=True)
    if found.problems:
        return errors.answer(request, 422, "api.unreadable", _wrong(request, found.problems))
    if found.too_little:
        return errors.answer(request, 422, "known.too_little")
    holders = list(dict.fromkeys(each.holder for each in found.found))
    language = errors.language_of(request)
    return Known(conocida=bool(holders), llamar=[_contact(each, language) for each in holders[:_MOST_CONTACTS]])


def _wrong(request: HttpRequest, problems: Mapping[str, str]) -> list[Part]:
    return [Part(parte=_PARTS[name], mensaje=errors.sentence(request, code)) for name, code in problems.items()]


def _contact(holder: Holder, language: str) -> Contact:
    """An office by the names that the pack has for it; its kind where the office is not known."""
    institution = pack().institutions.get(holder.institution)
    office, unit = pack().offices.get(holder.office), pack().units.get(holder.unit)
    return Contact(
        institucion=institution.acronym if institution else holder.institution,
        nombre=institution.label(language) if institution else holder.institution,
        dependencia=office.name if office else unit.label(language) if unit else "",
    )
