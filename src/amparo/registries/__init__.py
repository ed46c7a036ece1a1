"""What each institution handed in: deliveries, records and their versions, events, and the match queue."""
