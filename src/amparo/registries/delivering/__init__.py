"""Taking a delivery, piece by piece: which rows are new or changed, what is written for each, and what is set aside."""
