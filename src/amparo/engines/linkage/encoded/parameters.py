"""The parameters of an encoding, and the label under which encodings may be compared.

Encodings are compared only if everything that made them is the same: the version of the construction, its parameters,
how names are folded, the words of the country pack that change a name, and the secret. The label holds a digest of the
first four and the name of the key.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from amparo.engines.linkage import fold
from amparo.engines.linkage.names import NameTables

VERSION = "1"
# Words that between them meet every rule of folding: where folding changes, so do their keys, and the label with them.
_PROBES = (
    "Quispe Huamán Ccahuana Philippe Ccori Qispi Zevallos Céspedes Llanos Wayta Huallpa Gutiérrez Hernández Yupanqui"
    " Ñahui Núñez Xiomara Jhoselyn Chávez Shupingahua Enrique Nieves Anampa R0jas D'Angelo Ushiñahua"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """How long a key is, and how many of its bits each piece of a name sets.

    ``bits`` is a power of two, so that hash values fall on it evenly. ``diffusion`` is how many bits of the Bloom
    filter are added up (exclusive or) for each bit of what is handed over (Armknecht, Heng and Schnell 2023).
    """

    bits: int = 1024
    bigram_hashes: int = 8
    loose_hashes: int = 12
    strict_hashes: int = 6
    sex_hashes: int = 12
    diffusion: int = 6


def digest(parameters: Parameters, tables: NameTables) -> str:
    """Sixteen hexadecimal digits, others for another version, parameters, folding or words of the pack."""
    told = {
        "version": VERSION,
        "parameters": asdict(parameters),
        "folding": [fold.strict(_PROBES), fold.loose(_PROBES)],
        "particles": sorted(tables.particles),
        "abbreviations": sorted(tables.abbreviations.items()),
        "nicknames": sorted((short, sorted(full)) for short, full in tables.nicknames.items()),
    }
    text = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def label(parameters_digest: str, key_name: str) -> str:
    """What every encoding bears; only encodings of one label may be compared."""
    return f"amparo-clk-{VERSION}.{parameters_digest}.{key_name}"
