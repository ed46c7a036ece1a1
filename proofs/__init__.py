"""What Amparo promises, and the trials that could show it wrong. Each module but those of the runner is one promise."""
