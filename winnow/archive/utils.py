"""sqlite-utils, imported without pandas, which would take half a second of every start wherever pandas is installed."""

from __future__ import annotations

import sys

_modules: dict[str, object] = sys.modules  # type: ignore[assignment]
_hidden = "pandas" not in _modules
if _hidden:
    _modules["pandas"] = None  # makes `import pandas` fail
try:
    from sqlite_utils import Database as UtilsDatabase
    from sqlite_utils.migrations import Migrations
finally:
    if _hidden:
        del _modules["pandas"]

__all__ = ["Migrations", "UtilsDatabase"]
