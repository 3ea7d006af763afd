"""What the pages of the reading room show, read by functions on one SQLite connection; `plugin.py` serves them."""
