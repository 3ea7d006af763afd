#!/usr/bin/env bash
# A robots.txt that begins with a byte order mark forbids nothing, to Python's urllib.robotparser, to robotspy and to Protego.
#
# Editors on Windows write the mark at the beginning of a file in UTF-8, and search engines say that they skip it. The parsers take it for a
# letter: the first line is then no `User-agent`, and the rules below it, mostly those for all, belong to nobody. They are dropped without
# a word, as all unknown lines are, and a polite crawler visits what it was asked not to. `RobotFileParser.read`, which fetches the file
# itself, decodes it as UTF-8 and keeps the mark. Scrapy takes the mark off before it asks Protego, but not before it asks robotparser.
#
# Seen with Python 3.11, robotspy 0.13.0, protego 0.7.0, Scrapy 2.19.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check robotspy==0.13.0 protego==0.7.0 scrapy==2.19.0
"$place/bin/python" - <<'END'
from urllib.robotparser import RobotFileParser

from protego import Protego
from robots import RobotsParser
from scrapy.robotstxt import ProtegoRobotParser, PythonRobotParser

RULES = "User-agent: *\r\nDisallow: /letters/\r\n"
URL = "https://paper.example/letters/1"


def by_robotparser(text: str) -> bool:
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser.can_fetch("Reader", URL)


ALLOWED = {
    "urllib.robotparser": by_robotparser,
    "robotspy": lambda text: RobotsParser.from_string(text).can_fetch("Reader", URL),
    "Scrapy with robotparser": lambda text: PythonRobotParser(text.encode(), None).allowed(URL, "Reader"),
    "Protego": lambda text: Protego.parse(text).can_fetch(URL, "Reader"),
    "Scrapy": lambda text: ProtegoRobotParser(text.encode(), None).allowed(URL, "Reader"),
}
for name, is_allowed in ALLOWED.items():
    found = is_allowed(RULES), is_allowed("\ufeff" + RULES)
    print(f"{name:24} may visit: {found[0]}, with the mark: {found[1]}")
    assert found == (False, name != "Scrapy"), name
END
