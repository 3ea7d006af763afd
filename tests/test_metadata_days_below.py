"""Days as pages of papers and blogs show them: in marks below the text, in small print, by a script, in captions."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, TITLE, article, read


@pytest.mark.parametrize(
    "mark",
    [
        '<p>Ada — <time datetime="2024-03-02" itemprop="datePublished">2024-03-02</time> — <a href="/c">Code</a></p>',
        '<p>Filed on <span itemprop="datePublished" content="2024-03-02T09:00:00Z">Saturday</span></p>',
        '<div class="field field-name-field-published-date"><span>March 2, 2024 - 12:29pm</span></div>',
        '<p class="post-date">2. März 2024</p>',
    ],
)
def test_marked_day_below_the_text(mark: str) -> None:
    body = f"<article><h1>{TITLE}</h1>{PROSE * 6}{mark}</article>"
    assert read(body).date == "2024-03-02"
    assert read(f"<article><h1>{TITLE}</h1>{PROSE * 6}</article><aside class=related-posts>{mark}</aside>").date is None
    other = mark.replace("2024", "2023")
    assert read(f"{body}{other}").date is None


@pytest.mark.parametrize(
    "changed",
    [
        '<div class="post-date modified">2 March 2024</div>',
        '<p class="publish-info updated">2 March 2024</p>',
        '<div class="post-date"><p class="last-updated">2 March 2024</p></div>',
    ],
)
def test_marked_day_of_a_change_below_the_text_is_no_day_of_publication(changed: str) -> None:
    assert read(f"<article><h1>{TITLE}</h1>{PROSE * 6}{changed}</article>").date is None


MORE = "You can follow any responses to this entry through the feed. Both comments and pings are currently closed."


@pytest.mark.parametrize(
    "said",
    [
        "This entry was posted on Saturday, March 2nd, 2024 at 5:04 pm and is filed under Ferries.",
        "Dieser Beitrag wurde am Samstag, 2. März 2024 um 17:04 Uhr veröffentlicht und unter Fähren gespeichert.",
        "Cette entrée a été publiée le samedi 2 mars 2024 à 17:04 et est classée sous Ferries.",
        "Esta entrada fue publicada el sábado, 2 de marzo de 2024 a las 17:04 y está archivada en Barcos.",
    ],
)
@pytest.mark.parametrize("around", ["{}", '<div class="post status-publish">{}</div>'])
def test_paragraph_below_a_post_that_says_when_it_was_published(said: str, around: str) -> None:
    body = f"<h1>{TITLE}</h1>{PROSE * 6}<p class=postmetadata><small>{said} {MORE}</small></p>"
    assert read(around.format(body)).date == "2024-03-02"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Harbour Act was signed into law on August 14, 1935",
        "Das Gesetz über die Häfen wurde beschlossen am 14. August 1935",
        "La loi sur les ports a été signée le 14 août 1935",
        "FILE - In this August 14, 2011 file photo, the ferry leaves the quay",
    ],
)
def test_day_of_which_a_point_or_a_caption_speaks_is_another_one(sentence: str) -> None:
    body = f"<h1>{TITLE}</h1><ul><li>{sentence}</li><li>Nobody has changed it since</li></ul>{PROSE * 3}"
    assert read(body).date is None
    assert read(f"<p>2 March 2024</p>{body}").date == "2024-03-02"


@pytest.mark.parametrize(
    "line", ["Pressemitteilung vom 2. März 2024", "Ada Lund, Hafenstadt, 2. März 2024", "Sandholm, le 2 mars 2024"]
)
def test_day_behind_a_few_words_is_that_of_the_page(line: str) -> None:
    assert article(f"<p>{line}</p>").date == "2024-03-02"


@pytest.mark.parametrize(
    "ago",
    [
        '<time data-published="2024-03-02 09:13:00Z">4 hours ago</time>',
        '<time class="ago" data-date="2024-03-02T09:13:00+01:00">vor 4 Stunden</time>',
        '<time data-id="7" data-time="2024-03-02">il y a 4 heures</time>',
    ],
)
def test_moment_from_which_a_script_tells_how_long_ago_that_was(ago: str) -> None:
    assert article(f"<p>{ago}</p>").date == "2024-03-02"


@pytest.mark.parametrize(
    "said",
    [
        "<time datetime='2024-03-02'>2 मार्च 2024</time> को प्रकाशित",
        "<time datetime='2024-03-02'>২ মার্চ ২০২৪</time> তারিখে প্রকাশিত",
        "<time datetime='2024-03-02'>2 Mart 2024</time> tarihinde yayınlandı",
        "<time datetime='2024-03-02'>2024年3月2日</time> に公開",
    ],
)
def test_day_below_the_text_with_its_word_behind_it(said: str) -> None:
    language = {"क": "hi", "ত": "bn", "t": "tr", "に": "ja"}[said.partition("</time> ")[2][0]]
    page = f"<main><h1>{TITLE}</h1>{PROSE * 4}<footer><div>{said}</div></footer></main>"
    assert read(page, html=f"lang={language}").date == "2024-03-02"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lo", "ຈັດໃສ່ <time class='entry-date published updated' datetime='2024-03-02'>2 ມີນາ 2024</time>"),
        ("so", "Waxaa la soo geliyey <time class='published' datetime='2024-03-02'>2 Maarso</time>"),
        ("km", "<span class='post-date'><time datetime='2024-03-02'>២ មីនា ២០២៤</time></span>"),
    ],
)
def test_marked_day_below_a_post_needs_no_word(language: str, said: str) -> None:
    post = (
        f"<article class='post type-post status-publish'><h1>{TITLE}</h1>{PROSE * 4}<footer>{said}</footer></article>"
    )
    assert read(post, html=f"lang={language}").date == "2024-03-02"
    changed = said.replace("entry-date published updated", "updated").replace("published", "updated")
    assert read(post.replace(said, changed.replace("post-date", "updated")), html=f"lang={language}").date is None
