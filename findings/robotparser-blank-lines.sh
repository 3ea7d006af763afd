#!/usr/bin/env bash
# Python's urllib.robotparser drops the rules behind a blank line, and a delay that is no whole number.
#
# It ends a group at each blank line, as the first description of robots.txt did in 1994. RFC 9309 gives blank lines no meaning: a group ends at
# the next `User-agent` that follows a rule. So a blank line below `User-agent: *`, or between two blocks of its rules, opens to a
# crawler what the site closes, with no warning. `Crawl-delay: 0.5` and `Crawl-delay: 10.0` are no delay at all (`crawl_delay` returns None).
# Protego follows the RFC, and reads the delays.
#
# Seen with Python 3.11, protego 0.7.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check protego==0.7.0
"$place/bin/python" - <<'END'
from urllib.robotparser import RobotFileParser

from protego import Protego

FILES = {  # robots.txt: whether robotparser, and Protego, let a reader visit /letters/1 and /drafts/1
    "User-agent: *\nDisallow: /letters/\nDisallow: /drafts/\n": ((False, False), (False, False)),
    "User-agent: *\n\nDisallow: /letters/\nDisallow: /drafts/\n": ((True, True), (False, False)),
    "User-agent: *\nDisallow: /letters/\n\nDisallow: /drafts/\n": ((False, True), (False, False)),
}


def parsed(text: str) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser


for text, seen in FILES.items():
    urls = [f"https://paper.example/{folder}/1" for folder in ("letters", "drafts")]
    theirs = tuple(parsed(text).can_fetch("Reader", url) for url in urls)
    others = tuple(Protego.parse(text).can_fetch(url, "Reader") for url in urls)
    print(repr(text), "robotparser:", theirs, "Protego:", others)
    assert (theirs, others) == seen, text
for delay, seconds in (("5", 5), ("0.5", None), ("10.0", None)):
    text = f"User-agent: *\nCrawl-delay: {delay}\n"
    print(f"Crawl-delay: {delay}", parsed(text).crawl_delay("Reader"), Protego.parse(text).crawl_delay("Reader"))
    assert parsed(text).crawl_delay("Reader") == seconds
    assert Protego.parse(text).crawl_delay("Reader") == float(delay)
END
