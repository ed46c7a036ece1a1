"""The route engine: from a protocol, a person's facts and her events to what is owed to her, by whom and since when.

Pure: no database, clock, network or randomness. ``model`` holds the words of a protocol, ``outcome`` what goes in and
comes out, ``evaluate`` the engine, ``standing`` whether somebody is a child or adult and under which version,
``chain`` how far a case has come, ``risk`` in which order a worker should look at her cases.
"""
