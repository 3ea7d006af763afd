"""The project's settings, except that workers load the module that the environment variable `TORTURE_WORK` names."""

import os
from collections.abc import Mapping
from typing import Any

import pipelines.session
from crawler.settings import *  # noqa: F403
from winnow.runs.workers import Work


def _faulty(module: str, function: str, options: Mapping[str, Any]) -> Work:
    return Work(os.environ.get("TORTURE_WORK", "lab.torture.faulty_work"), function, options)


pipelines.session.Work = _faulty  # type: ignore[assignment, attr-defined]
