"""Persons, threads, obligations and referrals: what happened to somebody and what is owed to her next."""
