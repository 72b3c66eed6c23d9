"""What drawings made on the server have in common."""

from collections.abc import Sequence


def pushed_apart(wanted: Sequence[float], *, apart: float, last: float) -> list[float]:
    """Places for labels that want to stand at ``wanted``, smallest first: at least ``apart``, and none beyond ``last``.

    Each goes down only as far as it must, and up where there is no more room below.
    """
    down: list[float] = []
    for place in wanted:
        down.append(max(place, down[-1] + apart) if down else place)
    return [
        min(place, last - apart * below)
        for below, place in zip(reversed(range(len(down))), down, strict=True)
    ]
