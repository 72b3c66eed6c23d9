"""The one error this package raises."""


class EmbeddedError(Exception):
    """The embedded database or broker cannot run; ``message`` is one sentence for the person at the keyboard."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
