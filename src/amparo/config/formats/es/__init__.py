"""Formats as Peru writes them."""
