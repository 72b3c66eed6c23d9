"""Every form of a report. Each reads only the content, by its schema, so that a published one stays as it was."""
