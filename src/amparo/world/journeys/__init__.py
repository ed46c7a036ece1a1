"""What happened to each person in truth after a rescue, along the route and off it.

One module per institution that took her case up: each returns the story of that institution with her, or None where
she never reached it. Dates may lie after any extraction; the registers show only what had happened by then.
"""
