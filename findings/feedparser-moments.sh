#!/usr/bin/env bash
# feedparser (6.0.14) puts entries hours off where a feed writes its zone by name, and makes up days that a feed does not state.
#
# `published_parsed` is said to be in UTC. Of zones by name it knows those of e-mail's standard, which are American: CET, CEST, BST
# and JST are read as UTC without a word, so that German entries come up to two hours late, and Japanese ones nine. A month becomes
# its first day. Nothing tells such a moment from one that was stated: `bozo` is false.
#
# Seen with feedparser 6.0.14, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check feedparser==6.0.14
"$place/bin/python" - <<'END'
from io import BytesIO

import feedparser

FEED = '<rss version="2.0"><channel><item><link>https://paper.example/</link><pubDate>{}</pubDate></item></channel></rss>'
SEEN = {
    "Sat, 27 Jun 2026 12:00:00 EDT": (2026, 6, 27, 16),  # as one expects
    "Sat, 27 Jun 2026 12:00:00 CEST": (2026, 6, 27, 12),
    "Sat, 27 Jun 2026 12:00:00 BST": (2026, 6, 27, 12),
    "Sat, 27 Jun 2026 12:00:00 JST": (2026, 6, 27, 12),
    "2026-06": (2026, 6, 1, 0),
}
for written, moment in SEEN.items():
    found = feedparser.parse(BytesIO(FEED.format(written).encode()))
    print(f"{written:32} {found.entries[0].published_parsed[:5]}, bozo: {found.bozo}")
    assert found.entries[0].published_parsed[:4] == moment, written
    assert not found.bozo
END
