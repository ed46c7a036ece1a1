"""Amparo follows every person rescued from trafficking, across the institutions that each hold a piece of her story."""
