#!/usr/bin/env bash
# protego (0.7.0) applies the rules of a robots.txt to crawlers that they do not name: to longer names, and to words of a header.
#
# RFC 9309 (2.2.1) compares the whole name of a crawler. Protego looks for the name of each group anywhere in what it is given,
# from the beginning of a word on. So rules for `News` bind `Newsreader`, and, since the longest name wins, they bind it instead
# of the rules for all. Given a whole User-Agent header, as Scrapy's middleware gives it, even the words of the address in it
# count: a contact address https://example.org/googlebot makes the crawler obey what is said to Googlebot.
#
# Seen with protego 0.7.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check protego==0.7.0
"$place/bin/python" - <<'END'
from protego import Protego

RULES = """\
User-agent: *
Disallow: /private/

User-agent: News
Disallow: /

User-agent: Googlebot
Disallow: /search/
"""
SEEN = {
    "Otherreader": {"/a": True, "/private/a": False, "/search/a": True},  # the rules for all, as one expects
    "Newsreader": {"/a": False, "/private/a": False, "/search/a": False},
    "Reader/1.0 (+https://example.org/googlebot)": {"/a": True, "/private/a": True, "/search/a": False},
}
robots = Protego.parse(RULES)
for agent, paths in SEEN.items():
    found = {path: robots.can_fetch("https://paper.example" + path, agent) for path in paths}
    print(agent, found)
    assert found == paths, agent
END
