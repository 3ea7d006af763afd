#!/usr/bin/env bash
# feedparser (6.0.14) reads `ann@paper.example (Ann Lee)`, the form of an author in RSS, as the author `ple (Ann Lee`.
#
# RSS 2.0 says that <author> is an address of e-mail, and shows one with the name in brackets behind it, as many programs write it. feedparser
# parts the two, and gives a name and an address. It looks for an address of which the last part has two to four letters, as most had when it was
# written: of `.museum`, `.online`, `.berlin`, `.london` or `.technology` it takes the first four, and the rest is the beginning of the name. The
# brackets then do not fit, and stay. The same happens to addresses in <dc:creator>. Where an entry has several creators, `author` is the last of
# them; `authors` has all. Nothing tells that a name is wrong: `bozo` is false.
#
# Seen with feedparser 6.0.14, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check feedparser==6.0.14
"$place/bin/python" - <<'END'
import feedparser

FEED = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>{}</item></channel></rss>'
SEEN = {  # what stands in <author>: the name and the address that are found
    "ann@paper.example (Ann Lee)": ("ple (Ann Lee", "ann@paper.exam"),
    "ann@lake.museum (Ann Lee)": ("um (Ann Lee", "ann@lake.muse"),
    "Ann Lee <ann@lake.museum>": ("Ann Lee <um>", "ann@lake.muse"),
    "ann@lake.museum": ("um", "ann@lake.muse"),
    "ann@lake.info (Ann Lee)": ("Ann Lee", "ann@lake.info"),  # as one expects
}
for written, (name, address) in SEEN.items():
    escaped = written.replace("<", "&lt;")
    for tag in ("author", "dc:creator"):
        feed = feedparser.parse(FEED.format(f"<{tag}>{escaped}</{tag}>"))
        found = feed.entries[0].author_detail
        print(f"{tag:10} {written:28} {dict(found)}, bozo: {feed.bozo}")
        assert (found.name, found.email, feed.bozo) == (name, address, False), written
several = feedparser.parse(FEED.format("<dc:creator>Ann Lee</dc:creator><dc:creator>Bob Ray</dc:creator>")).entries[0]
assert several.author == "Bob Ray"
END
