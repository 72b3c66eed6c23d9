"""Rules of the money (domain section 6): pure, no Django, no clock, no settings."""
