"""The model for when there is too little data to train one.

The chances are the project's own judgement, kept on the careful side: they make the machine ask rather than join.
"""

from __future__ import annotations

from amparo.engines.linkage.weigh import Model

_M = {
    "given": (0.0, 0.03, 0.03, 0.02, 0.07, 0.20, 0.03, 0.30, 0.32),
    "surnames": (0.0, 0.02, 0.03, 0.02, 0.02, 0.12, 0.02, 0.12, 0.03, 0.62),
    "birth": (0.0, 0.01, 0.02, 0.02, 0.06, 0.10, 0.20, 0.04, 0.02, 0.53),
    "document": (0.0, 0.03, 0.04, 0.93),
    "sex": (0.0, 0.02, 0.98),
    "nationality": (0.0, 0.02, 0.98),
    "origin": (0.0, 0.10, 0.08, 0.12, 0.70),
    "event": (0.0, 0.25, 0.05, 0.08, 0.10, 0.07, 0.35, 0.10),
    "reference": (0.0, 1.0),
    "alias": (0.0, 0.40, 0.15, 0.45),
    "native": (0.0, 0.10, 0.30, 0.60),
}
_U = {
    "given": (0.0, 0.93, 0.036, 0.002, 0.004, 0.013, 0.0004, 0.013, 0.0008),
    "surnames": (0.0, 0.968, 0.026, 0.002, 0.001, 0.002, 0.00005, 0.0001, 0.00012, 0.00014),
    "birth": (0.0, 0.42, 0.20, 0.11, 0.10, 0.05, 0.11, 0.002, 0.0003, 0.0003),
    "document": (0.0, 0.99998, 0.00001, 0.00001),
    "sex": (0.0, 0.25, 0.75),
    "nationality": (0.0, 0.15, 0.85),
    "origin": (0.0, 0.80, 0.13, 0.05, 0.02),
    "event": (0.0, 0.955, 0.03, 0.008, 0.001, 0.002, 0.0025, 0.0015),
    "reference": (0.0, 0.000001),
    "alias": (0.0, 0.95, 0.03, 0.02),
    "native": (0.0, 0.96, 0.035, 0.005),
}


def shipped() -> Model:
    """The shipped model. It is the same object's worth every time; it holds no shares of names."""
    return Model(m=_M, u=_U, prior=0.0005, join=24.0, ask=10.0)
