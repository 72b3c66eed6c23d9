class CannotCopy(Exception):
    """A copy cannot be made or restored; ``str()`` is a sentence for whoever asked."""
