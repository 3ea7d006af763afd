"""Files of several articles from a press database: each article is a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import sentences, zipped
from tests.conftest import Read, read_folder
from tests.textpage_samples import SAMPLES, marked
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.press import is_export
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Record

Make = Callable[[int, str, list[str]], str]
TEXTS = [sentences(seed, 4) for seed in (1, 2, 3)]
TITLES = ["Mill race closed for good", "A new ferry for the harbour", "Who paints the old market"]


def _factiva(number: int, title: str, text: list[str]) -> str:
    head = f"{title}\nBy Åse Lund\n412 words\n{number} April 2023\nThe Gazette"
    return "\n\n".join([head, *text, f"Document GAZE00002023040{number}ej410001x\n\n"])


def _lexis(number: int, title: str, text: list[str]) -> str:
    head = f"\n{number} of 3 DOCUMENTS\n\nThe Gazette\n\nApril {number}, 2023\n\n{title}"
    return "\n\n".join([head, "BYLINE: Åse Lund", "LENGTH: 412 words", *text, ""])


def _europresse(number: int, title: str, text: list[str]) -> str:
    body = "".join(f"<p>{line}</p>" for line in text)
    return f"""<article><header><div><span class="DocPublicationName">Le Canal, no. 2345{number}</span></div>
<span class="DocHeader">Society, April {number}, 2023, p. 8</span>
<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">{title}</p></div>
<div class="docAuthors">Åse Lund</div></header><section><div class="docOcurrContainer">{body}</div></section>
<footer><small>© 2023 Le Canal. Tous droits réservés.</small><p>Numéro : news·2023·LC·{number}</p></footer></article>"""


def _factiva_html(number: int, title: str, text: list[str]) -> str:
    body = "".join(f'<p class="articleParagraph enarticleParagraph">{line}</p>' for line in text)
    told = f"<div>412 words</div><div>{number} April 2023</div><div>The Gazette</div><div>GAZE</div>"
    head = f'<div id="hd"><span class="enHeadline">{title}</span></div><div class="author">By Åse Lund</div>{told}'
    return f'<div class="article enArticle">{head}{body}<p>Document GAZE00002023040{number}ej410001x</p></div><br/>'


def _export(make: Make, texts: list[list[str]], titles: list[str]) -> str:
    made = "".join(make(number, title, text) for number, (title, text) in enumerate(zip(titles, texts, strict=True), 1))
    if make not in (_europresse, _factiva_html):
        return f"{made}Search Summary\n\n" if make is _factiva else made
    head = "<head><meta charset='utf-8'><title>Export</title></head>"
    return f"<!DOCTYPE html><html lang='en'>{head}<body>{made}</body></html>"


MAKERS = pytest.mark.parametrize("make", [_factiva, _lexis, _europresse, _factiva_html])


@MAKERS
def test_each_article_of_an_export_is_a_page(make: Make, folder: Path, tmp_path: Path, read: Read) -> None:
    name = "export.html" if make in (_europresse, _factiva_html) else "export.txt"
    (folder / name).write_text(_export(make, TEXTS, TITLES), "utf-8")
    done = read_folder(folder, tmp_path / "x.db")
    found = done.rows("SELECT title, author, date, text FROM articles ORDER BY date")
    assert [(row["title"], row["author"], row["date"]) for row in found] == [
        (title, "Åse Lund", f"2023-04-0{number}") for number, title in enumerate(TITLES, 1)
    ]
    assert [str(row["text"]).split("\n\n") for row in found] == TEXTS
    assert sorted(str(row["path"]) for row in done.rows("SELECT path FROM pages")) == [f"{name}#{n}" for n in (1, 2, 3)]


def test_one_article_from_several_databases_is_kept_once(folder: Path, tmp_path: Path, read: Read) -> None:
    packed = {f"{make.__name__}.txt": _export(make, TEXTS, TITLES).encode() for make in (_factiva, _lexis)}
    (folder / "exports.zip").write_bytes(zipped(packed))
    (folder / "eureka.html").write_text(_export(_europresse, TEXTS, TITLES), "utf-8")
    done = read_folder(folder, tmp_path / "x.db")
    assert sorted(str(row["title"]) for row in done.rows("SELECT title FROM articles")) == sorted(TITLES)
    assert len(done.rows("SELECT path FROM pages")) == 9


@pytest.mark.parametrize("language", ["de", "es", "fr", "pl", "ru"])
def test_articles_of_europresse_in_other_languages(language: str, folder: Path, tmp_path: Path, read: Read) -> None:
    title, text = marked(SAMPLES[language], "T")[0], marked(SAMPLES[language], "A")
    (folder / "eureka.html").write_text(_export(_europresse, [text, *TEXTS[1:]], [title, *TITLES[1:]]), "utf-8")
    done = read_folder(folder, tmp_path / "x.db")
    [row] = done.rows(f"SELECT title, text, sitename FROM articles WHERE language = '{language}'")
    assert (row["title"], str(row["text"]).split("\n\n"), row["sitename"]) == (title, text, "Le Canal")


@pytest.mark.parametrize(
    "text",
    [
        _factiva(1, TITLES[0], TEXTS[0]),
        "It was one of 3 DOCUMENTS, she said.\n" * 3,
        f"<html><body>{_europresse(1, TITLES[0], TEXTS[0])}</body></html>",
        "Documents and documents.\n\n" * 5,
        "",
    ],
)
def test_a_file_of_one_article_is_a_page_itself(text: str) -> None:
    assert not is_export(text.encode())
    assert kind_of("export.txt", text.encode()) is None


def _records(body: bytes, limit: int) -> list[Record]:
    kind = kind_of("export.txt", body)
    assert kind
    return [
        item for item in records(BytesIO(body), kind, ContainerOptions(limit), BEGINNING) if isinstance(item, Record)
    ]


@MAKERS
def test_an_article_that_is_too_large_does_not_hide_the_others(make: Make) -> None:
    texts = [TEXTS[0], ["a" * 40 + " "] * 60_000, TEXTS[2]]
    first, second, third = _records(
        _export(make, [TEXTS[0], TEXTS[1], texts[1], TEXTS[2]], [*TITLES, "More"]).encode(), 2_000_000
    )[1:]
    assert (first.page.problem, third.page.problem) == (None, None)
    assert second.page.problem
    assert "MAX_PAGE_BYTES" in second.page.problem.detail


@MAKERS
@given(size=st.integers(1, 3_000), count=st.integers(2, 5))
def test_no_byte_of_an_article_is_lost(make: Make, size: int, count: int) -> None:
    texts = [[f"{number} {'word ' * size}"] for number in range(count)]
    found = _records(_export(make, texts, ["Title"] * count).encode(), 10**7)
    assert [texts[n][0].encode().strip() in record.page.body for n, record in enumerate(found)] == [True] * count


@pytest.mark.parametrize("piece", ["<article>", "<div ", '<b class="enHeadline">', "<p ", "<meta "])
def test_time_grows_with_the_length_of_an_export_only(piece: str) -> None:
    begin = "<html><body>" + '<article><p class="articleParagraph">One.</p></article>' * 2
    assert len(_records(f"{begin}{piece * 200_000}".encode(), 10**8)) >= 2
