"""The project's settings, with a clock that is ahead by the days that the environment variable `TORTURE_DAYS` says."""

import os
from datetime import datetime, timedelta, tzinfo

import winnow.runs.run
from crawler.settings import *  # noqa: F403


class _Later(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Return the time in so many days."""
        return datetime.now(tz) + timedelta(days=int(os.environ["TORTURE_DAYS"]))


winnow.runs.run.datetime = _Later  # type: ignore[attr-defined]
