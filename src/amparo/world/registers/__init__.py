"""The institutions' registers: which rows each one holds on whom, and what each row showed on a given day.

One module per source. A register numbers its files as the institution does, types identities with the
institution's habits, and renders a row as it stood on the day of an extraction: what had not happened by then is
blank. ``entry`` has what all of them share.
"""
