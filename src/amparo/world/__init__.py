"""The invented world: people, their journeys, each institution's messy exports, and the truth about all of it.

Nothing in here is about anybody who lives. The demo, the tests and the benches need data as wrong as real
registries are wrong, and a truth to measure against; no real registry can give either without exposing people.

Everything is a function of a seed, a number of people and a day: the same three give the same bytes, on any
machine, in any process. From the inside out:

* ``seeds``, ``draw``, ``places``, ``names``, ``dni``: what is drawn from;
* ``persons``, ``families``, ``rescues``: who exists and who was rescued with whom, where and when;
* ``journeys``: what then happened to her in truth, step by step, with the failures the route really has;
* ``misspell``, ``typing``: how a clerk of each institution types an identity, with that institution's vices;
* ``registers``: the rows of each institution; ``build`` writes them out, ``fields`` and ``csv_for_link`` hand
  the same rows to the linkage benches, ``truth`` measures what was joined; ``users`` are the demo's users.

The tables of names are the world's own and are not the pack's: linkage must not be tuned to its own exam.
"""
