"""What Amparo's speed is measured with. Each module but ``run`` is one benchmark with ``main(arguments)``."""
