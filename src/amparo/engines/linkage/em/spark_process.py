"""The process that :mod:`amparo.engines.linkage.em.spark` starts: it does trainings on Spark, from a file to a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession
from splink import SparkAPI

from amparo.engines.linkage.em import Training
from amparo.engines.linkage.em.model import maximise
from amparo.engines.linkage.em.spark import ANSWER, ASKED, as_text

# A training is many small queries: translating them to Java and planning them anew costs more than they do.
_SMALL_QUERIES = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
}
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Djava.io.tmpdir={folder}"


def settings(folder: Path) -> dict[str, str]:
    """One thread on this machine, loopback only, no page, no log of events, every file in ``folder``.

    One thread and one partition: the sums, and with them every score, are the same in every run.
    """
    return {
        "spark.master": "local[1]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": _JAVA.format(folder=folder),
        "spark.authenticate": "true",
        "spark.eventLog.enabled": "false",
        "spark.local.dir": str(folder),
        "spark.log.level": "ERROR",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **_SMALL_QUERIES,
    }


class _Database(SparkAPI):
    """An empty database of Splink's in a session of its own."""

    def __init__(self, session: Any) -> None:
        # Splink's own functions for texts are not registered: levels are numbers.
        super().__init__(
            spark_session=session.newSession(), break_lineage_method="persist", register_udfs_automatically=False
        )

    def _cleanup_for_execute_sql(self, table: Any, templated_name: str, physical_name: str) -> Any:
        """Every round reads how often each pattern of levels occurs: that is counted once, not anew in each round."""
        if templated_name == "__splink__agreement_pattern_counts":
            table = table.localCheckpoint()
        return super()._cleanup_for_execute_sql(table, templated_name, physical_name)


def main(folder: Path) -> None:
    """Do the trainings that are asked for in ``folder``, each in a session of its own, and leave the answers there."""
    trainings = [Training(**each) for each in json.loads((folder / ASKED).read_text())]
    builder: Any = SparkSession.builder.appName("amparo")
    session = builder.config(map=settings(folder)).getOrCreate()
    trained = [maximise(training, _Database(session)) for training in trainings]
    session.stop()
    (folder / ANSWER).write_text(as_text(trained))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
