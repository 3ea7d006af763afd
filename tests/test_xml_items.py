"""XML and SGML whose items have a field in each element: no text of an item is lost."""

from __future__ import annotations

import io

import pytest

from lab.samples import sentences
from winnow.read.page import read_page
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import ContainerOptions, Record

ONE, TWO = sentences(3, 6), sentences(4, 6)


def _texts(data: str) -> list[str | None]:
    kind = kind_of("a.xml", data.encode())
    assert kind
    items = records(io.BytesIO(data.encode()), kind, ContainerOptions())
    read = [read_page(item.page).article for item in items if isinstance(item, Record)]
    return [article.text if article else None for article in read]


@pytest.mark.parametrize("root", ["articles", "posts", "documents", "items"])
def test_paragraphs_of_an_item_stay_apart_and_none_is_lost(root: str) -> None:
    markup = "".join(f"<P>{each}</P>" for each in ONE)
    for fields in (
        f"<body>{markup}</body>",
        f"<content><title>A title in it</title>{markup}</content>",
        "".join(f"<text>{each}</text>" for each in ONE),
        f"<text>{ONE[0]}</text><text>{markup.replace(f'<P>{ONE[0]}</P>', '')}</text>",
    ):
        item = f"<article><title>T</title>{fields}</article>"
        for text in _texts(f"<{root}>{item * 2}</{root}>"):
            assert text
            assert [each for each in text.split("\n\n") if each in ONE] == ONE


def test_items_that_are_a_tag_alone_cost_no_other() -> None:
    full = f"<post title='T'><body>{' '.join(ONE)}</body></post>"
    alone = "<post href='https://a.example/1' description='A > b / c' tag='x'/>"
    for items in (alone * 2 + full, full + alone, alone + full + alone):
        data = f"<posts user='ann'>{items}</posts>".encode()
        kind = kind_of("a.xml", data)
        assert kind
        found = list(records(io.BytesIO(data), kind, ContainerOptions()))
        pages = [item.page for item in found if isinstance(item, Record)]
        assert [page.problem for page in pages] == [None]
        assert len(found) == items.count("<post ")


def test_paragraphs_of_a_corpus_in_sgml_are_those_of_its_elements() -> None:
    body = "\n".join(f"<P>\n{each}\n</P>" for each in ONE)
    docs = [
        f'<DOC id="A_1" type="story">\n<HEADLINE>\nA & B\n</HEADLINE>\n<TEXT>\n{body}\n</TEXT>\n</DOC>\n',
        f"<DOC>\n<DOCNO>2</DOCNO>\n<TEXT>\nLead.\n{body}\n</TEXT>\n</DOC>\n",
    ]
    first, second = _texts("".join(docs))
    assert first == "\n\n".join(ONE)
    assert second
    assert second.endswith("\n\n".join(ONE))


def test_other_xml_and_text_about_it_are_no_lists_of_items() -> None:
    for data in (
        "<article><title>T</title><body><p>x</p></body></article>",
        "<DOC> is an element of SGML.\n\n" + "\n\n".join(ONE),
        "<document><post>x</post></document>",
    ):
        assert kind_of("a", data.encode()) is None
