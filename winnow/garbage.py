"""Let Python look for garbage less often in programs that load much and keep it.

To look through what is loaded, again and again while it is loaded and once more at the end, takes a seventh of the time
of a start.
"""

from __future__ import annotations

import atexit
import gc

_NEW_OBJECTS = 5000  # before Python looks for garbage; its default of 700 is for small programs


def calm() -> None:
    """Let this process look for garbage seldom, and not at its end."""
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)


def keep() -> None:
    """Leave out of all searches what is loaded now."""
    gc.freeze()
