"""Comments below an article: left out, and kept where the setting says so."""

from __future__ import annotations

import pytest

from tests.test_textpage_comments import ARTICLE_TEXT, LONG_ONES, MOMENTS
from tests.test_textpage_comments import SAID as FERRY
from winnow.cluster.page_row import read_row
from winnow.items import HTML, TEXT, Page, StartError
from winnow.read.account import account
from winnow.read.page import read_page
from winnow.runs.options import RunOptions

STORY = "The old ferry crossed the grey water twice a day, and the pilot knew every stone along the shore by name. "
SAID = {
    "English": "My grandmother took this very ferry to school each morning, and she was never late in nine winters.",
    "German": "Meine Großmutter fuhr jeden Morgen mit dieser Fähre zur Schule und kam in neun Wintern nie zu spät an.",
    "Spanish": "Mi abuela tomaba este mismo transbordador cada mañana para ir a la escuela y nunca llegó tarde.",
}


def page_with(said: str) -> Page:
    story = "".join(f"<p>{STORY * 3}</p>" for _ in range(6))
    comments = "".join(f"<li class=comment><b>Ida {at}</b><p>{said}</p><a href=#>Reply</a></li>" for at in "ABC")
    html = f"""<html><head><title>The last ferry</title><meta property="og:type" content="article"></head><body>
    <article><h1>The last ferry</h1>{story}</article><section id="comments" class="comments-area"><h2>3 comments</h2>
    <ol class="comment-list">{comments}</ol><form><p>Your address will not be published, and fields are required.</p>
    </form></section></body></html>"""
    return Page("ferry.html", body=html.encode(), media_type=HTML)


def capture(thread: list[str]) -> Page:
    """Return a plain-text capture of an article with a thread of comments below it."""
    article = [*ARTICLE_TEXT, *(f"{text} So it was said in the council." for text in FERRY)]
    lines = ["Ferry makes its last crossing", *article, *thread, "About us", "Privacy policy"]
    return Page("ferry.txt", body="\n\n".join(lines).encode(), media_type=TEXT)


DATED = [f"Ida Verlane says\n{moment}\n\n{text}\n" for moment, text in zip(MOMENTS, LONG_ONES, strict=True)]
NAMED = ["Comments", *(f"Ida Verlane says\n\n{text}\n" for text in LONG_ONES)]
GERMAN = [
    "4 Kommentare",
    *(f"Ida Verlane schreibt\nvor {at} Stunden\n\n{at}. {SAID['German']}\n" for at in (2, 3, 5, 8)),
]


def text(page: Page, with_comments: bool) -> str:
    article = read_page(page, with_comments=with_comments).article
    assert article
    return article.text


@pytest.mark.parametrize("language", SAID)
def test_comments_are_kept_only_where_they_are_wanted(language: str) -> None:
    assert SAID[language] not in text(page_with(SAID[language]), with_comments=False)
    kept = text(page_with(SAID[language]), with_comments=True)
    assert STORY.strip() in kept
    assert SAID[language] in kept
    assert "will not be published" not in kept


@pytest.mark.parametrize("thread", [DATED, NAMED, GERMAN], ids=["moments", "names", "German"])
def test_comments_of_a_capture_are_kept_only_where_they_are_wanted(thread: list[str]) -> None:
    page = capture(thread)
    said = [line for comment in thread for line in comment.split("\n") if len(line) > 60]
    assert len(said) == 4
    without, kept = text(page, with_comments=False), text(page, with_comments=True)
    assert not [line for line in said if line in without]
    assert [line for line in said if line in kept] == said
    assert [kept.index(line) for line in said] == sorted(kept.index(line) for line in said)
    assert without.split("\n")[0] in kept
    assert "Privacy policy" not in kept


@pytest.mark.parametrize("page", [page_with(SAID["English"]), capture(DATED)], ids=["HTML", "text"])
@pytest.mark.parametrize("wanted", [True, False])
def test_every_way_to_read_a_page_follows_the_setting(page: Page, wanted: bool) -> None:
    expected = text(page, with_comments=wanted)
    assert expected != text(page, with_comments=not wanted)
    found = account(page, with_comments=wanted)
    assert found.reading.article
    assert found.reading.article.text == expected
    assert any(line.step == "keep_comments" for line in found.lines) is wanted
    assert read_row(page, with_comments=wanted)["text"] == expected


@pytest.mark.parametrize(("given", "wanted"), [("True", True), (True, True), ("0", False), (False, False)])
def test_the_setting_reaches_the_reader(given: object, wanted: bool) -> None:
    assert RunOptions.from_settings({"KEEP_COMMENTS": given}).for_reading["with_comments"] is wanted


def test_a_setting_of_no_use_is_refused() -> None:
    with pytest.raises(StartError, match="KEEP_COMMENTS"):
        RunOptions.from_settings({"KEEP_COMMENTS": "perhaps"})
