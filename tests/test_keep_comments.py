"""Comments below an article: left out, and kept where the setting says so."""

from __future__ import annotations

import pytest

from winnow.items import HTML, Page, StartError
from winnow.read.page import read_page
from winnow.runs.options import RunOptions

STORY = "The old ferry crossed the grey water twice a day, and the pilot knew every stone along the shore by name. "
SAID = {
    "English": "My grandmother took this very ferry to school each morning, and she was never late in nine winters.",
    "German": "Meine Großmutter fuhr jeden Morgen mit dieser Fähre zur Schule und kam in neun Wintern nie zu spät an.",
    "Spanish": "Mi abuela tomaba este mismo transbordador cada mañana para ir a la escuela y nunca llegó tarde.",
}


def text(said: str, with_comments: bool) -> str:
    story = "".join(f"<p>{STORY * 3}</p>" for _ in range(6))
    comments = "".join(f"<li class=comment><b>Ida {at}</b><p>{said}</p><a href=#>Reply</a></li>" for at in "ABC")
    html = f"""<html><head><title>The last ferry</title><meta property="og:type" content="article"></head><body>
    <article><h1>The last ferry</h1>{story}</article><section id="comments" class="comments-area"><h2>3 comments</h2>
    <ol class="comment-list">{comments}</ol><form><p>Your address will not be published, and fields are required.</p>
    </form></section></body></html>"""
    page = Page("ferry.html", body=html.encode(), media_type=HTML)
    article = read_page(page, with_comments=with_comments).article
    assert article
    return article.text


@pytest.mark.parametrize("language", SAID)
def test_comments_are_kept_only_where_they_are_wanted(language: str) -> None:
    assert SAID[language] not in text(SAID[language], with_comments=False)
    kept = text(SAID[language], with_comments=True)
    assert STORY.strip() in kept
    assert SAID[language] in kept
    assert "will not be published" not in kept


@pytest.mark.parametrize(("given", "wanted"), [("True", True), (True, True), ("0", False), (False, False)])
def test_the_setting_reaches_the_reader(given: object, wanted: bool) -> None:
    assert RunOptions.from_settings({"KEEP_COMMENTS": given}).for_reading["with_comments"] is wanted


def test_a_setting_of_no_use_is_refused() -> None:
    with pytest.raises(StartError, match="KEEP_COMMENTS"):
        RunOptions.from_settings({"KEEP_COMMENTS": "perhaps"})
