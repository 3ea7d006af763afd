"""How the shipped models were made; nothing here is imported at run time."""

import sys
from importlib.util import find_spec

_missing = [name for name in ("catboost", "rapidfuzz", "scipy", "sklearn") if find_spec(name) is None]
if _missing:  # here, since every program that trains or measures a training imports them at once
    sys.exit(f"{', '.join(_missing)} not installed: pip install '.[train]' in the folder of Winnow")
