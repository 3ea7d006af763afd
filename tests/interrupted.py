"""Work for worker processes during whose import every signal comes that asks a run to end."""

from __future__ import annotations

import os

from winnow.runs.workers import STOP_SIGNALS

for number in STOP_SIGNALS:
    os.kill(os.getpid(), number)


def answer(argument: object) -> object:
    return argument
