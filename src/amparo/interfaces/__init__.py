"""The doors: they translate between people or machines and the rooms, and do nothing else."""
