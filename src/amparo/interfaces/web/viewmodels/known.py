"""Page ``web/known.html`` (:class:`KnownPage`). It is sent by POST: nothing that is typed enters an address."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.interfaces.web.viewmodels.search import LookedUp


@dataclass(frozen=True, slots=True)
class KnownPage(LookedUp):
    """``form`` has the parts of a record and ``purpose``.

    ``may_deliver`` says that the reader's office hands in its register here, which is how a new record comes in.
    """

    may_deliver: bool = False
