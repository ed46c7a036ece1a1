"""Amparo follows every person rescued from trafficking, across the institutions that each hold a piece of her story."""

__version__ = "0.1.0"
