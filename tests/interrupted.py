"""Work for worker processes during whose import a Ctrl-C and a SIGTERM come."""

from __future__ import annotations

import os
import signal

for number in (signal.SIGINT, signal.SIGTERM):
    os.kill(os.getpid(), number)


def answer(argument: object) -> object:
    return argument
