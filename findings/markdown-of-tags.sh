#!/usr/bin/env bash
# Text about HTML vanishes from the Markdown of html2text, markdownify and html-to-markdown: `List&lt;String&gt;` is shown as List.
#
# The converters undo the escapes of HTML and write `<String>`, which is HTML within Markdown: whatever shows the Markdown takes it for an
# element. Words in angle brackets are gone, `&amp;copy;` is ©, and a paragraph that begins with `&lt;!--` hides all that follows it to the end
# of the document. Articles about code, HTML or generic types have such words, and those that are escaped rightly are the ones that are hit.
# By default each of the three escapes some signs that Markdown would read (markdownify `*` and `_`, the others what would begin a list), and
# none of them these two. `escape_misc` of markdownify and html-to-markdown does; html2text's `escape_snob` leaves tags as they are. A backslash
# before `<` and `&` is enough.
#
# Seen with html2text 2025.4.15, markdownify 1.2.3, html-to-markdown 3.21.2, markdown-it-py 4.3.0 (CommonMark 0.31), Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 html-to-markdown==3.21.2 markdown-it-py==4.3.0 lxml==6.1.3
"$place/bin/python" - <<'END'
from collections.abc import Callable

import html2text
import html_to_markdown
import markdownify
from lxml import html
from markdown_it import MarkdownIt

TYPES = "<p>A List&lt;String&gt; holds words, and &lt;time&gt; holds a day; &amp;copy; is a sign.</p>"
COMMENT = "<p>&lt;!-- begins a comment.</p><p>The second paragraph.</p><p>The third one.</p>"


tools: dict[str, Callable[[str], str]] = {
    "html2text": html2text.HTML2Text(bodywidth=0).handle,
    "markdownify": markdownify.markdownify,
    "html-to-markdown": lambda page: html_to_markdown.convert(page).content,
}


def shown(markdown: str) -> str:
    """Return the words that a reader sees of a Markdown text."""
    return " ".join(html.fromstring(f"<div>{MarkdownIt('commonmark').render(markdown)}</div>").xpath("string()").split())


for name, convert in tools.items():
    print(f"{name:16} {convert(TYPES).strip()!r} is shown as {shown(convert(TYPES))!r}")
    assert shown(convert(TYPES)) == "A List holds words, and holds a day; © is a sign.", name
    print(f"{name:16} {convert(COMMENT).strip()!r} is shown as {shown(convert(COMMENT))!r}")
    assert shown(convert(COMMENT)) == "", name
snob = html2text.HTML2Text(bodywidth=0)
snob.escape_snob = True
assert "<time>" in snob.handle(TYPES)
assert shown(markdownify.markdownify(TYPES, escape_misc=True)) == html.fromstring(TYPES).text_content()
misc = html_to_markdown.ConversionOptions(escape_misc=True)
assert shown(html_to_markdown.convert(TYPES, misc).content) == html.fromstring(TYPES).text_content()
END
