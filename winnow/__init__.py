"""Turn saved web pages into one clean SQLite database of articles: the library, without Scrapy."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str


def __getattr__(name: str) -> str:
    """Return `__version__`, as the package's metadata have it: looked up only when it is asked for."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415  (takes as long to import as everything else here)

    return version("winnow")
