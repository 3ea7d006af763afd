#!/usr/bin/env bash
# feedparser (6.0.14) gives the caption of an entry's photo as the entry's full text, or in place of its teaser.
#
# `content` is where readers look for the whole text of an entry, and `summary` for its teaser. A feed with pictures describes each of them
# in `<media:description>`, which belongs to the picture. feedparser takes it for one more description of the entry: behind the teaser it
# becomes `content`, before it the teaser does, and `summary` is the caption. Whoever stores `content` where there is any, and `summary`
# else, stores captions of a feed that has teasers, and reads no more of it. With `<content:encoded>` behind a caption, the caption is
# the summary.
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

FEED = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour Post</title><item><title>Storm at the quay</title>{}</item></channel></rss>"""
TEASER = "<description>The storm came by night.</description>"
PHOTO = """<media:content url="https://paper.example/wave.jpg" medium="image">
<media:description>A wave on the quay.</media:description></media:content>"""
TEXT = "<content:encoded>The storm came by night and took the ferry.</content:encoded>"
SEEN = {  # summary and content, by what stands in the entry
    "teaser": (TEASER, "The storm came by night.", []),
    "teaser, photo": (TEASER + PHOTO, "The storm came by night.", ["A wave on the quay."]),
    "photo, teaser": (PHOTO + TEASER, "A wave on the quay.", ["The storm came by night."]),
    "text, photo": (TEXT + PHOTO, "A wave on the quay.", ["The storm came by night and took the ferry."]),
}
for name, (item, summary, content) in SEEN.items():
    found = feedparser.parse(BytesIO(FEED.format(item).encode()))
    entry = found.entries[0]
    texts = [each.value for each in entry.get("content", [])]
    print(f"{name:14} summary: {entry.summary!r}, content: {texts}")
    assert (entry.summary, texts) == (summary, content), name
    assert not found.bozo
END
