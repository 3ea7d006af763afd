"""The files of the models that read pages, and the environment variables that name others in their place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_READ = Path(__file__).with_name("read")


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """Where a model is: in the shipped file, unless the environment variable names another."""

    shipped: Path
    variable: str

    def path(self) -> Path:
        """Return the file that is in use."""
        return Path(os.environ.get(self.variable) or self.shipped)


HTML = ModelPlace(_READ / "html" / "model.npz", "WINNOW_HTML_MODEL")
KIND = ModelPlace(_READ / "html" / "kind.npz", "WINNOW_KIND_MODEL")
ENGLISH = ModelPlace(_READ / "plain" / "model.npz", "WINNOW_TEXT_MODEL")
ENGLISH_KINDS = ModelPlace(_READ / "plain" / "model_kinds.npz", "WINNOW_TEXT_MODEL")
OTHERS = ModelPlace(_READ / "plain" / "model_others.npz", "WINNOW_TEXT_MODEL")
TEXT_KIND = ModelPlace(_READ / "plain" / "kind.npz", "WINNOW_TEXT_KIND_MODEL")
ALL = {
    "html": HTML,
    "kind": KIND,
    "text": ENGLISH,
    "text of other kinds": ENGLISH_KINDS,
    "text in other languages": OTHERS,
    "kind of text": TEXT_KIND,
}
