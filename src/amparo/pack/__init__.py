"""What a country pack is: its models, its loader and its checks.

A pack is a folder of YAML files (structure) and CSV files (lists). No module of this room knows any country: codes,
labels, places, names, holidays and deadlines come from the files. Public modules: ``location`` (where the default
pack lies), ``loader`` (folder to :class:`~amparo.pack.model.Pack`), ``checks`` (every broken reference with file and
line, and everything that nobody has verified yet), ``places``, ``names`` and ``series``. The room imports no Django.
"""
