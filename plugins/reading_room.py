"""Bring the reading room into Datasette, which runs this file by itself, without its folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from winnow.room.plugin import *  # noqa: F403
