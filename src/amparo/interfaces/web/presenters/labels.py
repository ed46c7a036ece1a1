"""What answers would teach the weights, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.engines.linkage.labels import Change
from amparo.engines.linkage.levels import level_code
from amparo.interfaces.web.presenters.evidence import FIELDS, SENTENCES
from amparo.interfaces.web.viewmodels.labels import AdoptionLine, LabelsPage, VerdictLine, WeightLine
from amparo.registries.queries.labels import VERDICTS, Adoption, Proposal

# Smaller moves than this do not show with one decimal.
_SHOWN_FROM = 0.05


def page(found: Proposal, history: list[Adoption], names: Mapping[str, str], actor: Actor) -> LabelsPage:
    """The proposal beside what counts at present."""
    moved = [each for each in found.changes if abs(each.after - each.before) >= _SHOWN_FROM]
    moved.sort(key=lambda each: -abs(each.after - each.before))
    return LabelsPage(
        labels=len(found.labels),
        unused=found.unused,
        weights=tuple(map(_weight, moved)),
        verdicts=_verdicts(found),
        join_before=found.join_before,
        join_after=found.join_after,
        adoptions=_adoptions(history, names),
        may_adopt=actor.can("labels_adopt"),
    )


def _weight(change: Change) -> WeightLine:
    sentence = SENTENCES.get((change.comparison, level_code(change.comparison, change.level)), "")
    field = str(FIELDS.get(change.comparison, change.comparison))
    return WeightLine(field, str(sentence), change.before, change.after, change.same, change.not_same)


def _verdicts(found: Proposal) -> tuple[VerdictLine, ...]:
    words = {"join": _("Se unen sin preguntar"), "ask": _("Se preguntan"), "no": _("Quedan separados")}
    return tuple(VerdictLine(words[code], found.before[code], found.after[code]) for code in VERDICTS)


def _adoptions(history: list[Adoption], names: Mapping[str, str]) -> tuple[AdoptionLine, ...]:
    counting = next((each.id for each in history if each.reverted_at is None), None)
    return tuple(
        AdoptionLine(each.id, each.at, names.get(each.by, each.by), each.labels, each.reverted_at, each.id == counting)
        for each in history
    )
