"""The files of all models that read pages."""

from __future__ import annotations

from pathlib import Path

from winnow.read.html import kind
from winnow.read.html.model import FILE as HTML_MODEL
from winnow.read.plain.model import FILE as TEXT_MODEL


def model_files() -> dict[str, Path]:
    """Return the file of each model that is in use, by what the model reads."""
    return {"html": Path(HTML_MODEL.place()), "text": Path(TEXT_MODEL.place()), "kind": Path(kind.place())}
