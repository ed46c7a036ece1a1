"""Trained weights in a file, so that what was learnt once is applied to the records of another month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import plain_files
from amparo.interfaces.cli.failures import Refused
from amparo.interfaces.cli.language import Text

if TYPE_CHECKING:
    from amparo.engines.linkage.weigh import Model

_NOT_READ = Text(
    "No se pudo leer el archivo {file}. Compruebe que existe y que puede abrirlo.",
    "The file {file} could not be read. Check that it exists and that you may open it.",
)
_NO_MODEL = Text(
    "{file} no es un modelo de esta versión de Amparo. Guarde uno de nuevo con amparo link … --save-model ARCHIVO.",
    "{file} is no model of this version of Amparo. Save one again with amparo link … --save-model FILE.",
)


def write(path: Path, model: Model) -> None:
    """Write a model whole or not at all. It holds chances, and digests of names that at least ten records bear."""
    with plain_files.whole(path) as file:
        file.write(model.to_json())


def read(path: Path) -> Model:
    """Read what :func:`write` wrote."""
    from amparo.engines.linkage.weigh import Model

    try:
        return Model.from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(_NOT_READ.fill(file=path.name)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(_NO_MODEL.fill(file=path.name)) from error
