"""The chained, append-only record of every act and every reading."""
