"""Pure rules of the registers: no Django, no clock, no settings."""
