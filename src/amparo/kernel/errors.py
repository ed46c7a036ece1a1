"""The four ways in which Amparo says no.

Every exception that a room anticipates derives from one of these. An error carries a ``code`` and ``params`` that
name no person; the doors (web, command line) turn the code into a sentence in the language of the user.
"""

from __future__ import annotations


class AmparoError(Exception):
    """Base of all anticipated errors.

    ``code`` is a dotted, stable name such as ``delivery.wrong_institution``; ``params`` fills the sentence that the
    catalogue of messages holds for it and must never hold a name or a document number.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Denied(AmparoError):
    """The actor may not do this, or may not do it to this person."""


class NotFound(AmparoError):
    """It does not exist, or the actor may not know that it does."""


class Conflict(AmparoError):
    """Somebody else changed it meanwhile, or its state does not allow this any more."""


class Invalid(AmparoError):
    """What was handed in cannot be understood or breaks a rule."""
