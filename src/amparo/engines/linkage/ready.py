"""Many records made ready to be linked: prepared, keyed and put into columns, once for training and comparing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.engines.linkage import block, pairing, spread
from amparo.engines.linkage.columns import Columns, columns
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.pairing import LARGEST_BLOCK, Blocks, Keyed
from amparo.engines.linkage.prepare import Prepared, prepare_all


@dataclass(frozen=True, slots=True)
class Ready:
    """Records with the blocks that they share, and the columns that tell which pairs are worth comparing."""

    records: list[Prepared]
    tables: NameTables
    blocks: Blocks
    columns: Columns


def ready(
    records: Sequence[Fields], tables: NameTables, *, largest_block: int = LARGEST_BLOCK, processes: int = 1
) -> Ready:
    """Make records ready with the tables that they are to be scored with."""
    prepared = prepare_all(records, tables)
    blocks = pairing.blocks_of(prepared, _keyed(prepared, processes), largest_block)
    return Ready(prepared, tables, blocks, columns(prepared))


def _keyed(records: Sequence[Prepared], processes: int) -> Keyed:
    edges = [len(records) * part // processes for part in range(processes + 1)]

    def keys(part: int) -> Keyed:
        low, high = edges[part], edges[part + 1]
        return Keyed.of((block.keys_of(record) for record in records[low:high]), low)

    return Keyed.joined(spread.over(processes, keys))
