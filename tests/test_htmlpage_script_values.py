"""Texts in scripts that are no JSON: literals of JavaScript, functions called at once, rows that React sends."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.test_htmlpage_scripted import (
    AUTHOR,
    DAY,
    STORIES,
    STORY,
    TITLE,
    article_of,
    is_left_alone,
    paragraphs,
    shell,
)
from winnow.read.html.script_values import values


def literal(story: tuple[str, ...]) -> str:
    """Return an article as JavaScript writes it: bare names, single quotes, escapes, a comma too many."""
    body = paragraphs(story).replace("<", "\\x3C").replace("'", "\\'")
    return f"{{id:.5,title:{json.dumps(TITLE)},'author':{{name:`{AUTHOR}`}},isDraft:!1,date:'{DAY}',body:'{body}',}}"


def called(story: tuple[str, ...]) -> str:
    """Return a function that is called at once with the values that its result has more than once, as Nuxt has it."""
    body = json.dumps(paragraphs(story)).replace("</", "\\u003C/")
    result = f"{{layout:a,data:[{{post:{{title:b,author:c,date:d,text:{body}}}}}],error:e,routePath:void 0}}"
    return f'(function(a,b,c,d,e){{return {result}}}(0,{json.dumps(TITLE)},"{AUTHOR}","{DAY}",null));'


def as_rows(story: tuple[str, ...]) -> list[str]:
    """Return rows in which a text follows its length in bytes, and the component that shows it names it."""
    post = {"title": TITLE, "author": AUTHOR, "date": DAY, "content": "$b"}
    text = paragraphs(story)
    rows = f'1:I[4707,[],""]\na:["$","$L1",null,{json.dumps({"post": post})}]\nb:T{len(text.encode()):x},{text}'
    return [rows, '0:{"b":"x1","f":[["",{"children":["x",{}]}],"$La"]}\n']


def pushed(rows: str, size: int = 90) -> str:
    pieces = [rows[at : at + size] for at in range(0, len(rows), size)]
    return "".join(f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces)


@STORIES
@pytest.mark.parametrize("how", ["literal", "argument", "called", "answer", "rows"])
def test_reads_a_body_in_a_script_that_is_no_json(story: tuple[str, ...], how: str) -> None:
    answer = json.dumps(
        {"status": 200, "body": json.dumps({"title": TITLE, "author": AUTHOR, "date": DAY, "text": paragraphs(story)})}
    )
    started = f"all([import('/a.js')]).then(([kit]) => kit.start(x,{{node:[0,2],data:[{literal(story)}]}}))"
    scripts = {
        "literal": f"<script>var a = 1, page = {literal(story)};</script>",
        "argument": f"<script>Promise.{started}</script>",
        "called": f"<script>window.__NUXT__={called(story)}</script>",
        "answer": f'<script type="application/json">{answer}</script>',
        "rows": pushed("".join(as_rows(story))),
    }
    article = article_of(shell(scripts[how]))
    assert article.text == "\n\n".join(story)
    assert (article.title, article.author, article.date) == (TITLE, AUTHOR, DAY)


def element(tag: str, *children: Any, **properties: Any) -> list[Any]:
    return ["$", tag, None, {**properties, "children": list(children)}]


@STORIES
def test_reads_the_elements_that_react_sends(story: tuple[str, ...]) -> None:
    link = element("$L2", story[0][40:80], href="/x")
    first = element("p", element("em", story[0][:40]), link, story[0][80:])
    main = element("article", element("h1", TITLE), first, *(element("p", text) for text in story[1:]))
    menu = element("nav", element("a", "Harbour news", href="/"), className="menu")
    foot = element("footer", element("p", "All rights reserved. Harbour Post Ltd."))
    rows = (
        f'2:I[3,[],""]\n7:{json.dumps(main)}\n0:{json.dumps({"b": "x1", "f": [element("$L2", menu, "$L7", foot)]})}\n'
    )
    article = article_of(shell(pushed(rows)))
    assert (article.title, article.text) == (TITLE, "\n\n".join(story))


def test_a_page_whose_text_is_sent_once_more_has_it_once() -> None:
    rows = f"0:{json.dumps(element('article', element('h1', TITLE), *(element('p', text) for text in STORY)))}\n"
    assert is_left_alone(shell("", f"<h1>{TITLE}</h1>{paragraphs(STORY)}{pushed(rows)}"))


@pytest.mark.parametrize(
    "script",
    [
        "x=[" * 200_000,
        "x={a:" * 200_000,
        "x={a:'" + "\\x" * 400_000,
        "x={" + "a " * 400_000,
        "function(" * 200_000,
        'self.__next_f.push([1,"0:[\\"$0\\",\\"$0\\",\\"$0\\"]"])',
        'self.__next_f.push([1,"' + "1:Tffffffff," * 50_000 + '"])',
        'self.__next_f.push([1,"' * 100_000,
    ],
    ids=["lists", "objects", "escapes", "words", "functions", "circle", "lengths", "pieces"],
)
def test_scripts_that_are_no_data_end_soon(script: str) -> None:
    began = time.process_time()
    assert not [value for value in values([script]) if isinstance(value, str)]
    assert time.process_time() - began < 10
