"""Consents and recalls in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access.actors import Actor
from amparo.casework.queries.recalls import Asked
from amparo.casework.rules.consents import Consent, State
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Tone
from amparo.interfaces.web.viewmodels.consent import BasisLine, ConsentLine, RecallLine
from amparo.pack.current import pack

_STATES: dict[State, tuple[str | Promise, Tone, str | Promise]] = {
    State.LIVE: (gettext_lazy("vigente"), Tone.DONE, ""),
    State.REFUSED: (gettext_lazy("no lo permite"), Tone.PLAIN, ""),
    State.WITHDRAWN: (gettext_lazy("retirado"), Tone.PLAIN, ""),
    State.EXPIRED: (gettext_lazy("venció"), Tone.PLAIN, gettext_lazy("Pregúntele otra vez si hace falta.")),
    State.CONFLICT: (
        gettext_lazy("por confirmar"),
        Tone.DUE,
        gettext_lazy(
            "Lo dio un adulto que la representa. No vale hasta que la UPE, la fiscalía o el juzgado confirme que puede."
        ),
    ),
    State.NOT_HERS_TO_GIVE: (
        gettext_lazy("no vale"),
        Tone.DUE,
        gettext_lazy("Es menor de edad y decidió sola, o ya es mayor y decidió otra persona por ella."),
    ),
    State.FORM_TOO_WEAK: (
        gettext_lazy("no vale"),
        Tone.DUE,
        gettext_lazy("Para datos sensibles hace falta firma, huella, medio digital o un testigo. Pídalo otra vez."),
    ),
}
_OVER = (State.WITHDRAWN, State.REFUSED, State.EXPIRED)


def line(found: Consent, actor: Actor, language: str, *, may_write: bool) -> ConsentLine:
    """One consent; who may do what with it depends on the reader's kind of office."""
    state, tone, note = _STATES[found.state]
    confirmers = {unit for terms in pack().rights.consents.values() for unit in terms.confirmed_by}
    return ConsentLine(
        id=found.id,
        to=_join(marks.unit(unit, language) for unit in sorted(found.units)),
        purpose=pack().label("consentimiento_proposito", found.purpose, language),
        parts=_join(pack().label("consentimiento_parte", part, language) for part in sorted(found.parts)),
        on=found.on,
        until=found.until,
        how=_join(_how(found, language)),
        state=str(state),
        tone=tone,
        note=str(note),
        written_by=marks.institution(found.institution, language),
        may_withdraw=may_write and found.state not in _OVER,
        may_confirm=may_write and found.state is State.CONFLICT and actor.unit in confirmers,
    )


def _how(found: Consent, language: str) -> list[str]:
    said = [pack().label("consentimiento_quien", found.giver, language)] if found.giver else []
    return [*said, pack().label("consentimiento_forma", found.form, language)] if found.form else said


def recall(asked: Asked, language: str) -> RecallLine:
    """One recall."""
    state, tone = _answer(asked)
    return RecallLine(
        id=asked.id,
        code=asked.code,
        office=marks.office(asked.office) or marks.unit(asked.unit, language),
        purpose=pack().label("consentimiento_proposito", asked.purpose, language),
        sent_at=asked.sent_at,
        due_on=asked.due_on,
        state=state,
        tone=tone,
        waits=not asked.answer,
    )


def _answer(asked: Asked) -> tuple[str, Tone]:
    if asked.answer == "deleted":
        return _("ya no los tiene"), Tone.DONE
    if asked.answer == "kept":
        return _("los conserva por mandato de la ley"), Tone.PLAIN
    return (_("sin respuesta a tiempo"), Tone.LATE) if asked.overdue else (_("por responder"), Tone.DUE)


def bases(language: str) -> tuple[BasisLine, ...]:
    """The grounds in law that ask for no consent."""
    return tuple(
        BasisLine(
            basis.label(language),
            _join(marks.unit(unit, language) for unit in basis.units),
            basis.article,
            basis.verified,
        )
        for basis in pack().rights.bases.values()
        if not basis.consent
    )


def own_basis(actor: Actor, language: str) -> str:
    """The reader's own ground with its article."""
    basis = pack().rights.basis_of(actor.unit)
    return f"{basis.label(language)} ({basis.article})" if basis else ""


def _join(words: Iterable[str]) -> str:
    return ", ".join(words)
