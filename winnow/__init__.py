"""Turn saved web pages into one clean SQLite database of articles: the library, without Scrapy."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str


def __getattr__(name: str) -> str:
    """Return `__version__` from the package's metadata. Raises `AttributeError` for any other name."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415  (importing it takes as long as all the rest)

    return version("winnow")
