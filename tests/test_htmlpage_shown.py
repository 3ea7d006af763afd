"""The tree of a page is what a browser shows: second documents, shadow roots, frames, pages without scripts."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.read.html import parse, read, read_content

STORY = [
    f"{who} mended the {what} of the mill before noon, and {count} neighbours came to see whether it would hold."
    for who, what, count in (("Ines", "wheel", 4), ("Per", "sluice", 9), ("Old Tam", "roof", 12), ("Maud", "scale", 3))
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
FURTHER = {
    "nl": "De molenaar telde de zakken en schreef het getal met krijt op de deur van de schuur.",
    "es": "El molinero contó los sacos y escribió el número con tiza en la puerta del granero.",
    "ru": "Мельник пересчитал мешки и написал число мелом на двери сарая, чтобы никто не спорил.",
}


def lines(source: str) -> list[str]:
    tree = parse(source)
    assert tree is not None
    return [block.line.text for block in read_content(tree).blocks]


@pytest.mark.parametrize("further", FURTHER.values(), ids=FURTHER.keys())
@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Mill</title></head><body><p>One line.</p></body></html><p>{}</p>",
        "<!doctype html><html><body><p>One line.</p></body><div>{}</div></html>",
        "<html><body><p>One line.</p></html>{}<script>1</script>",
        "<html><body><p>One line.</p></body></html>\n<!DOCTYPE html><html><head></head><body>{}</body></html>\n",
        "<html><head></head></html><!-- two --><html><body><p>One line.</p><p>{}</p></body></html>",
        "<p>One line.</p></html><p>{}</p>",
        "<div>One line.</div></body></html><html><body><p>{}",
    ],
)
def test_what_follows_an_early_end_is_read(page: str, further: str) -> None:
    assert lines(page.format(further)) == ["One line.", further]


@pytest.mark.parametrize("further", FURTHER.values(), ids=FURTHER.keys())
@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><meta charset=utf-8><title>Mill</title><main><p>One line.</p><p>{}</p></main>",
        "<html lang=en><title>Mill</title><article>One line.</article><p>{}",
        "<title>Mill</title><!-- two --><html><header>One line.</header><script>1</script><section>{}</section>",
        "<html><head><title>Mill</title><mill-story>One line.</mill-story></head><body><p>{}</body></html>",
        "<!doctype html><title>Mill</title><main>One line.</main>{}",
    ],
)
def test_page_without_tags_for_head_and_body_is_read(page: str, further: str) -> None:
    assert lines(page.format(further)) == ["One line.", further]


def test_second_document_says_what_the_first_one_does_not() -> None:
    tree = parse(
        "<html class=a><head><meta name=a></head><body><p>One</p></body></html>"
        "<html class=b lang=nl><head><title>Second</title></head><body id=c><p>Two</p></body></html>"
    )
    assert tree is not None
    assert (tree.get("class"), tree.get("lang"), tree.findtext("head/title")) == ("a", "nl", "Second")
    assert [body.get("id") for body in tree.iter("body")] == ["c"]


@pytest.mark.parametrize("attribute", ["shadowrootmode=open", "shadowmode='closed'", "ShadowRootMode=open"])
def test_shadow_root_is_shown(attribute: str) -> None:
    shadow = f"<template {attribute}><style>p{{}}</style><div>{PARAGRAPHS}</div></template>"
    assert lines(f"<html><body><mill-story>{shadow}</mill-story></body></html>") == STORY


@pytest.mark.parametrize(
    ("shadow", "light", "expected"),
    [
        ("<p>Before</p><slot></slot><p>After</p>", "<p>Inside</p>", ["Before", "Inside", "After"]),
        ("<p>Before</p><div><slot></slot></div>", "Bare text", ["Before", "Bare text"]),
        ("<slot name=b></slot><slot name=a></slot>", "<p slot=a>A</p><p slot=b>B</p><p>None</p>", ["B", "A"]),
        ("<slot><p>Otherwise</p></slot>", "", ["Otherwise"]),
        ("<slot><p>Otherwise</p></slot>", "<p>Given</p>", ["Given"]),
        (
            "<in-ner><template shadowrootmode=open><p>Deep</p><slot></slot></template><slot></slot></in-ner>",
            "<p>Light</p>",
            ["Deep", "Light"],
        ),
    ],
)
def test_children_of_a_host_stand_in_their_slots(shadow: str, light: str, expected: list[str]) -> None:
    template = f"<template shadowrootmode=open>{shadow}</template>"
    assert lines(f"<html><body><o-uter>{template}{light}</o-uter></body></html>") == expected


def test_a_host_has_one_shadow_root() -> None:
    first, second = (f"<template shadowrootmode=open><p>{name}</p><slot></slot></template>" for name in ("One", "Two"))
    light = "<p>A child of the host</p>"
    assert lines(f"<html><body><div>{first}{second * 3000}{light}</div></body></html>") == [
        "One",
        "A child of the host",
    ]


def test_template_without_a_shadow_root_is_not_shown() -> None:
    assert lines(f"<html><body><p>One</p><template>{PARAGRAPHS}</template></body></html>") == ["One"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><div id=app>Loading</div><noscript>{}</noscript></body></html>",
        "<html><body><nav><a href=/>Home</a></nav><main><noscript><div>{}</div></noscript></main></body></html>",
        "<html><head><title>Mill</title></head><frameset cols='1,*'><frame src=a><noframes>{}</noframes></frameset>",
        "<html><frameset><frameset><frame></frameset><noframes><body>{}</body></noframes></frameset></html>",
    ],
)
def test_page_that_is_shown_without_scripts_or_frames_only_is_read(page: str) -> None:
    assert [line for line in lines(page.format(PARAGRAPHS)) if line in STORY] == STORY


@pytest.mark.parametrize("page", ["<noscript>{}</noscript>", "<frameset><noframes>{}</noframes></frameset>"])
def test_words_of_a_script_without_spaces_are_counted(page: str) -> None:
    said = "日の朝も水車小屋の番人は川の音で目を覚まし、粉をひく前に水の高さを帳面に書いた。"
    story = [day + said for day in "一二三四"]
    page = page.format("".join(f"<p>{text}</p>" for text in story))
    assert lines(f"<html><head><title>水車</title></head><div>お待ちください</div>{page}</html>")[-4:] == story


def test_frame_that_the_page_holds_is_read() -> None:
    inner = html.escape(f"<!doctype html><html><head><title>F</title></head><body>{PARAGRAPHS}</body></html>")
    assert lines(f"<html><body><p>Top</p><iframe srcdoc='{inner}'></iframe>Tail</body></html>") == [
        "Top", *STORY, "Tail",
    ]  # fmt: skip
    outer = html.escape(f"<body><iframe srcdoc='{inner}'></iframe></body>")
    assert lines(f'<html><body><iframe srcdoc="{outer}"></iframe></body></html>') == STORY


def test_frames_within_hundreds_of_frames_are_not_followed() -> None:
    page = PARAGRAPHS
    for _ in range(300):
        page = f"<iframe srcdoc='{page.replace('&', '&amp;').replace(chr(39), '&#39;')}'></iframe>"
    assert not set(lines(f"<html><body>{page}</body></html>")) & set(STORY)


@pytest.mark.parametrize(
    "aside",
    [
        "<noscript>{}</noscript>",
        "<noscript><img src=a.jpg alt='A mill'></noscript>",
        "<iframe srcdoc='{}'></iframe>",
        "<noframes>{}</noframes>",
        "<dialog>{}</dialog>",
        "<dialog id=news><p>{}</p></dialog>",
    ],
)
def test_what_stands_beside_a_page_that_shows_more_is_left_out(aside: str) -> None:
    extra = " ".join(FURTHER.values())
    assert lines(f"<html><body>{PARAGRAPHS}{aside.format(extra)}</body></html>") == STORY


def test_open_dialog_and_closed_details_are_read() -> None:
    page = (
        "<html><body><p>One</p><dialog open><p>Two</p></dialog><details><summary>Q</summary>A</details></body></html>"
    )
    assert lines(page) == ["One", "Two", "Q", "A"]
    assert lines(f"<html><body><p>One</p><dialog>{PARAGRAPHS}</dialog></body></html>") == ["One", *STORY]


def test_many_long_dialogs_are_closed_but_one_that_is_the_page_is_not() -> None:
    long = f"<dialog>{PARAGRAPHS}{PARAGRAPHS}</dialog> and "
    page = f"<html><body><p>First</p>{long * 3}{{}}</body></html>"
    assert lines(page.format("<p>Last</p>" * 400)) == ["First", "and and and", *["Last"] * 400]
    assert lines(f"<html><body><p>First</p>{long}</body></html>") == ["First", *STORY, *STORY, "and"]


def test_article_of_a_shadow_root_is_the_pages_article() -> None:
    shadow = f"<template shadowrootmode=open><article>{PARAGRAPHS}</article></template>"
    tree = parse(f"<html><body><h1>The mill</h1><mill-story>{shadow}</mill-story></body></html>")
    assert tree is not None
    assert [line for line in STORY if line in read(tree).text] == STORY


PIECES = (
    "<template shadowrootmode=open>|</template>|<slot>|<slot name=a>|</slot>|<p slot=a>|<noscript>|</noscript>|"
    "<dialog>|<iframe srcdoc='<p>a <iframe>'>|</iframe>|<noframes>|</noframes>|<frameset>|</frameset>|</html>|</body>|"
    "<body>|<html lang=a>|<!doctype html>|<head>|</head>|word |</p>|<x-y>|</x-y>|" + "many words " * 70
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=30).map("".join))
def test_any_page_can_be_shown(text: str) -> None:
    tree = parse(text)
    if tree is not None:
        read_content(tree)


@pytest.mark.parametrize("further", FURTHER.values(), ids=FURTHER.keys())
@pytest.mark.parametrize("slide", ["<section><p>{}</p></section>", "<div><h2>Two</h2><p>{}</p></div>"])
def test_slides_that_are_drawn_in_pictures_are_read(further: str, slide: str) -> None:
    first = "<svg><foreignObject><section><h1>One</h1></section></foreignObject><text>1</text></svg>"
    second = f"<svg viewBox='0 0 9 9'><g><foreignObject>{slide.format(further)}</foreignObject></g></svg>"
    found = lines(f"<html><body><div>{first}{second}</div><p>End.</p></body></html>")
    assert (found[0], found[-2:]) == ("One", [further, "End."])


@pytest.mark.parametrize("label", ["<div><span>Start</span></div>", "<div><p>Mill</p></div>", "Sluice"])
def test_labels_of_diagrams_are_not_read(label: str) -> None:
    assert lines(f"<html><body><svg><foreignObject>{label}</foreignObject></svg><p>End.</p></body></html>") == ["End."]
