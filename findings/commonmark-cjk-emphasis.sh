#!/usr/bin/env bash
# CommonMark (markdown-it-py 4.3.0) leaves the asterisks of `**「注意」**です` in the text: Japanese and Chinese emphasis is lost.
#
# Asterisks close emphasis only where they follow a letter, or where white space or punctuation follows them. A text without spaces
# between its words has neither when the emphasised words end in a bracket, a comma or a full stop: `**` stands between punctuation
# and a letter, and may only open. The same words in English, which puts a space there, come out right. So HTML that is turned
# into Markdown by writing `**` for <strong> changes its words: readers see asterisks. cmark and GitHub follow the same rule.
#
# Seen with markdown-it-py 4.3.0 (CommonMark 0.31), Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check markdown-it-py==4.3.0
"$place/bin/python" - <<'END'
from markdown_it import MarkdownIt

SEEN = {
    "The sign says **“closed”** today.": True,
    "看板は**休館**です。": True,
    "看板は**「休館」**です。": False,
    "博物馆**今天关闭。**请明天再来。": False,
    "박물관은 **오늘(월요일)**은 쉽니다.": False,
}
for text, is_strong in SEEN.items():
    html = MarkdownIt("commonmark").render(text).strip()
    print(html)
    assert ("<strong>" in html) is is_strong, text
    assert ("**" in html) is not is_strong, text
END
