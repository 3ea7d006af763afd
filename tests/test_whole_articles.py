"""Whole articles in boxes that differ: live blogs, leads apart from the rest, sections, read with the shipped model."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from tests.textpage_samples import SAMPLES
from winnow.items import HTML, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

HEADS = {
    "fr": ("Comment tout a commencé", "Ce que cela coûte", "Et maintenant"),
    "es": ("Cómo empezó", "Lo que cuesta", "Qué viene ahora"),
    "pl": ("Jak to się zaczęło", "Ile to kosztuje", "Co dalej"),
}
SIDE = ("Ten gardens to see", "Why the ferry is late", "A short history of rope")
Writer = Callable[[list[str], tuple[str, ...]], str]


def live_posts(texts: list[str], heads: tuple[str, ...]) -> str:
    posts = zip(texts, heads * 2, strict=False)
    return "".join(
        f'<div class="liveblog-post" id="p{n}"><div><time>1{n}:20</time></div><h2>{head}</h2><p>{text}</p></div>'
        for n, (text, head) in enumerate(posts)
    )


def live_items(texts: list[str], heads: tuple[str, ...]) -> str:
    items = (f"<li><span>1{n}:03</span><p>{text}</p></li>" for n, text in enumerate(texts[1:]))
    return f"<p>{texts[0]}</p><h3>{'</h3><h3>'.join(heads)}</h3><ul class=updates>{''.join(items)}</ul>"


def source_mark(texts: list[str], heads: tuple[str, ...]) -> str:
    rest = "".join(f'<div class="zn">{text}</div>' for text in texts[1:])
    return f'<div class="media"><p class="zn speakable"><cite class="source"> (WNN)</cite>{texts[0]}</p></div>{rest}'


def hidden_rest(texts: list[str], heads: tuple[str, ...]) -> str:
    return f'<p class="lead">{texts[0]}</p><div class="more" style="display:none">{paragraphs(texts[1:])}</div>'


def sections(texts: list[str], heads: tuple[str, ...]) -> str:
    parts = (f"<h2>{head}</h2><p>{text}</p>" for head, text in zip(heads, texts[1:], strict=False))
    return f"<p>{texts[0]}</p>{''.join(parts)}{paragraphs(texts[4:])}"


def linked_sections(texts: list[str], heads: tuple[str, ...]) -> str:
    return sections(texts, tuple(f'<a href="/go/{n}">{head}</a>' for n, head in enumerate(heads)))


def small_sections(texts: list[str], heads: tuple[str, ...]) -> str:
    return sections(texts, heads).replace("h2>", "h4>")


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def bare_between(texts: list[str], heads: tuple[str, ...]) -> str:
    pairs = zip(texts[::2], [*texts[1::2], ""], strict=False)
    return f"<section>{''.join(f'<p>{first}</p>{second}' for first, second in pairs)}</section>"


def broken_paragraphs(texts: list[str], heads: tuple[str, ...]) -> str:
    return f'<p>{texts[0]}<div class="x">{texts[1]}</div>{texts[2]}</p>{paragraphs(texts[3:])}'


def boxes_of_their_own(texts: list[str], heads: tuple[str, ...]) -> str:
    boxes = [f"<p>{text}</p>" if n % 3 else f"<div class='h5'><div>{text}</div></div>" for n, text in enumerate(texts)]
    return "".join(boxes)


def end_apart(texts: list[str], heads: tuple[str, ...]) -> str:
    return f"{paragraphs(texts[:-1])}<div class='j8'><section><p>{texts[-1]}</p></section></div>"


def all_in_headings(texts: list[str], heads: tuple[str, ...]) -> str:
    return "".join(f"<h4>{text}</h4>" for text in texts)


def anchor_left_open(texts: list[str], heads: tuple[str, ...]) -> str:
    return f'<a name="top">{paragraphs(texts)}'


def anchor_around_each(texts: list[str], heads: tuple[str, ...]) -> str:
    return "".join(f'<p><a id="p{n}" name="p{n}">{text}</a></p>' for n, text in enumerate(texts))


APART = (bare_between, broken_paragraphs, boxes_of_their_own, end_apart)
OLD = (all_in_headings, anchor_left_open, anchor_around_each)
HEADED = (live_posts, sections, linked_sections, small_sections)


@pytest.mark.parametrize("language", [*HEADS, "de", "ru"])
@pytest.mark.parametrize("write", [hidden_rest, all_in_headings])
def test_article_is_whole_on_a_page_without_boxes(write: Writer, language: str) -> None:
    found = [line.partition("|") for line in SAMPLES[language].splitlines()]
    title = next(escape(text) for mark, _, text in found if mark == "T")
    texts = [text for mark, _, text in found if mark == "A"]
    menu = " | ".join(f"<a href=/{name}>{name}</a>" for name in ("News", "Local", "Sport"))
    body = write([escape(text, quote=False) for text in texts], ())
    page = f"<html><head><title>{title}</title></head><body>{menu}<hr><h1>{title}</h1>{body}<hr><small>{menu}</small>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert [text for text in texts if text not in article.text] == []


def test_headings_in_a_script_without_spaces_are_long_with_a_third_of_the_letters() -> None:
    texts = [text for mark, _, text in (line.partition("|") for line in SAMPLES["zh"].splitlines()) if mark == "A"]
    page = f"<html lang=zh><body><h1>码头重建</h1>{all_in_headings(texts, ())}</body></html>"
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    assert [text for text in texts if text not in article.text] == []


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("write", [*HEADED, *APART, *OLD, live_items, source_mark, hidden_rest])
def test_article_is_whole(write: Writer, language: str) -> None:
    found = [line.partition("|") for line in SAMPLES[language].splitlines()]
    title = next(escape(text) for mark, _, text in found if mark == "T")
    texts = [text for mark, _, text in found if mark == "A"]
    side = "".join(f'<li><a href="/x{n}">{name}</a></li>' for n, name in enumerate(SIDE))
    page = f"""<!DOCTYPE html><html><head><title>{title} | The River Post</title></head><body>
    <header><a href="/">The River Post</a><nav><ul><li><a href="/n">News</a></li></ul></nav></header>
    <div class="c7"><h1>{title}</h1><div class="b2">{write(texts, HEADS[language])}</div></div>
    <div class="k3"><h3>Most read</h3><ul>{side}</ul></div><footer><p>The River Post</p></footer></body>"""
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    lines = article.text.split("\n\n")
    wanted = [*texts, *(HEADS[language] if write in HEADED else ())]
    assert [line for line in wanted if not any(line in found for found in lines)] == []
    assert not any(name in article.text for name in SIDE)
