"""Training on DuckDB, in this process's memory."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.engines.linkage.em import Trained, Training


def train(trainings: Sequence[Training]) -> list[Trained]:
    """Do the trainings one after another.

    On one thread: the sums, and with them every score, are then the same in every run.
    """
    # Splink takes seconds to load, and whoever has few records needs none of it.
    import duckdb  # noqa: PLC0415
    from splink import DuckDBAPI  # noqa: PLC0415

    from amparo.engines.linkage.em.model import maximise  # noqa: PLC0415

    done = []
    for training in trainings:
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET threads = 1")
            done.append(maximise(training, DuckDBAPI(connection)))
    return done
