"""Linkage tools that ``bench.referees`` measures side by side.

Each module has ``link(rows, label)``: rows as ``amparo link`` takes them, already in capitals without accents, to an
:class:`~bench.tools.answer.Answer`. ``label(left, right)`` tells whether two records are of one person; only a tool
that cannot do without labels may ask it, and its answers are counted.
"""
