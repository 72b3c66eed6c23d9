"""Settings: ``demo`` (make run), ``test`` (pytest), ``production`` (all from the environment)."""
