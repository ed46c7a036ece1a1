"""Reads that make figures out of what rooms below project."""
