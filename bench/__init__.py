"""Repeatable measurements of the portal: bench/README.md says what is measured and how."""
