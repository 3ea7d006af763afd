"""The files of all models that read pages."""

from __future__ import annotations

from pathlib import Path

from winnow.read.html import kind
from winnow.read.html.model import FILE as HTML_MODEL
from winnow.read.plain.model import FILE as ENGLISH_MODEL
from winnow.read.plain.model import OTHERS


def model_files() -> dict[str, Path]:
    """Return the file of each model that is in use, by what the model reads."""
    places = {
        "html": HTML_MODEL.place(),
        "text": ENGLISH_MODEL.place(),
        "text in other languages": OTHERS.place(),
        "kind": kind.place(),
    }
    return {name: Path(place) for name, place in places.items()}
