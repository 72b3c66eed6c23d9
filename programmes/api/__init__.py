"""The API of the plan and the monthly cycle. Reads start from programmes.access; writes are the pages' services."""
