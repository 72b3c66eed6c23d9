"""Bytes to validated rows. Reading never touches the database; ``services.imports`` compares and writes."""
