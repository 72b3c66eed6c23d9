"""History in plain words: names of what was changed, words for fields and values, and lines to print."""
