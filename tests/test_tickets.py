"""Tickets with a table of fields above their comments in preformatted text are threads."""

from __future__ import annotations

import pytest

from tests.test_posts import ENGLISH, GERMAN, NAMES, SPANISH
from winnow.items import HTML, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract

POSTS = {"English": ENGLISH, "German": GERMAN, "Spanish": SPANISH}
TITLES = {
    "English": "The pump leaks since the thaw",
    "German": "Die Pumpe tropft seit dem Frost",
    "Spanish": "La bomba gotea desde las heladas",
}
FIELDS = ("Status", "Product", "Component", "Version", "Hardware", "Severity", "Importance", "Assignee", "Milestone")
COMMENT = """<div id="c{at}" class="bug_comment"><div class="head"><span><a href="#c{at}">Comment {at}</a></span>
<span class="bug_comment_user"><span class="fn">{name}</span></span>
<span class="bug_comment_time">2021-03-0{at} 14:2{at}:41 UTC</span></div>
<pre class="bug_comment_text">{said}</pre></div>"""


@pytest.mark.parametrize("language", POSTS)
def test_a_ticket_is_a_thread_however_many_fields_it_has(language: str) -> None:
    fields = "".join(f"<tr><th><a href='/fields#{field}'>{field}</a>:</th><td>NEW</td></tr>" for field in FIELDS)
    comments = "".join(
        COMMENT.format(at=at, name=name, said=said)
        for at, (name, said) in enumerate(zip(NAMES, POSTS[language], strict=True), 1)
    )
    ticket = f"<b>Bug 7</b> - <span>{TITLES[language]}</span><table>{fields}</table><div id='comments'>{comments}</div>"
    page = f"<html><head><title>7 – {TITLES[language]}</title></head><body><div id='bug'>{ticket}</div></body></html>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert article.kind == Kind.DISCUSSION
    assert all(said in article.text for said in POSTS[language])
    assert all(f"2021-03-0{at} 14:2{at}:41" in article.text for at in range(1, 7))
