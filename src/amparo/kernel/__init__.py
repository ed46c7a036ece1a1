"""Words that every room shares: ids, dates with precision, working days and the four errors. Pure Python."""
