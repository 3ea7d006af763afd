"""Winnow's own settings, read once and checked."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

from winnow.archive.index.sketches import CACHE_MB
from winnow.items import MAX_PAGE_BYTES, Kind, StartError
from winnow.kinds import ALL, EVERY_KIND, Kinds, check_kinds
from winnow.runs.watch import MAX_VANISHED
from winnow.runs.workers import Limits
from winnow.sources.containers.jsonl import check_fields


class Settings(Protocol):
    """The part of Scrapy's settings that is needed here."""

    def get(self, name: Any, default: Any = None) -> Any: ...


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run can be told, read once from the settings (see docs/settings.md); `workers` counts processes."""

    database: Path = Path("articles.db")
    workers: int = 0
    max_page_bytes: int = MAX_PAGE_BYTES
    cache_mb: int = CACHE_MB
    limits: Limits = field(default_factory=Limits)
    jsonl_fields: dict[str, str] = field(default_factory=dict)
    kinds: Kinds = EVERY_KIND
    keep_comments: bool = False
    max_vanished: float = MAX_VANISHED
    verify_days: int = 0

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Return the options; settings left out keep their defaults. Raises `StartError` for a value of no use."""
        default = Limits()
        return cls(
            database=Path(settings.get("DATABASE", "articles.db")).expanduser().absolute(),
            workers=_number(settings, "WORKERS", 0, least=0) or len(os.sched_getaffinity(0)),
            max_page_bytes=_number(settings, "MAX_PAGE_BYTES", MAX_PAGE_BYTES),
            cache_mb=_number(settings, "CACHE_MB", CACHE_MB),
            limits=Limits(
                cpu_seconds=_number(settings, "PAGE_CPU_SECONDS", default.cpu_seconds),
                wall_seconds=_number(settings, "PAGE_WALL_SECONDS", default.wall_seconds),
                memory_mb=_number(settings, "WORKER_MEMORY_MB", default.memory_mb),
                pages=_number(settings, "WORKER_PAGES", default.pages),
            ),
            jsonl_fields=check_fields(settings.get("JSONL_FIELDS", {}), "JSONL_FIELDS"),
            kinds=check_kinds(settings.get("KINDS", ALL), "KINDS"),
            keep_comments=flag(settings, "KEEP_COMMENTS"),
            max_vanished=_share(settings, "MAX_VANISHED", MAX_VANISHED),
            verify_days=_number(settings, "VERIFY_DAYS", 0, least=0),
        )

    @property
    def for_reading(self) -> dict[str, Any]:
        """Return the keyword arguments of `worker_page.read_known_page`."""
        return {
            "max_bytes": self.max_page_bytes,
            "database": self.database,
            "kinds": self.kinds,
            "with_comments": self.keep_comments,
        }

    def recorded(self) -> dict[str, Any]:
        """Return the settings for the column `runs.settings`, by name."""
        return {
            "WORKERS": self.workers,
            "MAX_PAGE_BYTES": self.max_page_bytes,
            "CACHE_MB": self.cache_mb,
            "PAGE_CPU_SECONDS": self.limits.cpu_seconds,
            "PAGE_WALL_SECONDS": self.limits.wall_seconds,
            "WORKER_MEMORY_MB": self.limits.memory_mb,
            "WORKER_PAGES": self.limits.pages,
            "JSONL_FIELDS": self.jsonl_fields,
            "KINDS": [kind for kind in Kind if kind in self.kinds],
            "KEEP_COMMENTS": self.keep_comments,
            "MAX_VANISHED": self.max_vanished,
            "VERIFY_DAYS": self.verify_days,
        }


def flag(settings: Settings, name: str) -> bool:
    """Return a value that is True or False, by default False. Raises `StartError` for any other."""
    given = str(settings.get(name, False)).lower()
    if given in ("true", "1", "false", "0"):
        return given in ("true", "1")
    raise StartError(f"{name}={given} cannot be used: give True or False")


def _share(settings: Settings, name: str, default: float) -> float:
    given = settings.get(name, default)
    with contextlib.suppress(ValueError, TypeError):
        if 0 <= (share := float(given)) <= 1:
            return share
    raise StartError(f"{name}={given} cannot be used: give a share from 0 to 1")


def _number(settings: Settings, name: str, default: int, least: int = 1) -> int:
    given = settings.get(name, default)
    with contextlib.suppress(ValueError, TypeError):
        if (number := int(given)) >= least:
            return number
    raise StartError(f"{name}={given} cannot be used: give a whole number from {least} on")
