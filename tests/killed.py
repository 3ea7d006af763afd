"""A program that dies by SIGKILL at a chosen place: `python -m tests.killed MODULE FUNCTION NUMBER COMMAND…`.

It runs Scrapy's command, and is killed before the function is called for the NUMBER-th time; `FUNCTION+` is after it.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import reduce
from importlib import import_module
from typing import Any


def main() -> None:
    """Put the trap in place, then run the command."""
    module, name, number, *command = sys.argv[1:]
    owner_name, _, attribute = name.rstrip("+").rpartition(".")
    owner: Any = reduce(getattr, filter(None, owner_name.split(".")), import_module(module))
    whole = getattr(owner, attribute)
    calls = 0

    def trap(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == int(number) and not name.endswith("+"):
            os.kill(os.getpid(), signal.SIGKILL)
        done = whole(*args, **kwargs)
        if calls == int(number):
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(owner, attribute, trap)
    sys.argv = ["scrapy", *command]
    import_module("scrapy.cmdline").execute()


if __name__ == "__main__":
    main()
