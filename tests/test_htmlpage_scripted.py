"""Texts that stand only in a page's scripts: JSON-LD, templates, and the state from which a script renders the page."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from winnow.items import HTML, Article, Page
from winnow.read.html import parse, read_content, read_whole
from winnow.read.html.script_data import body_of
from winnow.read.html.script_values import MAX_SCRIPT, unfolded
from winnow.read.html.scripted import add_scripted
from winnow.read.page import read_page

TITLE = "The last ferryman of Lake Orrin hangs up his lantern"
AUTHOR, DAY = "Maren Solvik", "2021-10-04"
STORY = (
    "For thirty-four years Aksel Brun carried the post across Lake Orrin in a boat that his father had built, and in"
    " all that time, he says, he was late on four mornings, each of them in fog.",
    "The new road around the northern shore was opened in August. A van now brings the letters in twenty minutes, and"
    " the landing stage below the inn, where people used to wait with parcels, is empty.",
    "Brun does not complain. He has kept a book in which every crossing is noted with the weather, the passengers and"
    " what they talked about, and the school at Hellan has asked whether the pupils may copy it out.",
    "On his last day the whole village stood on the shore. He took the lantern from its hook, looked at it for a"
    " moment and gave it to the smallest child in the front row, who did not want to hold it.",
)
GERMAN = (
    "Als der Müller von Eschental im März sein Rad wieder in den Bach senkte, standen vierzig Leute auf der Brücke und"
    " hielten den Atem an, denn seit dem Hochwasser hatte sich dort nichts mehr gedreht.",
    "Das Holz stammt aus dem Gemeindewald, die Beschläge hat der Schmied aus dem Nachbardorf nach alten Zeichnungen"
    " gefertigt. Bezahlt wurde alles aus einer Kasse, in die jeder Haushalt zehn Euro legte.",
    "Jetzt wird jeden Samstag gemahlen, und das Brot aus dem neuen Mehl ist am Mittag ausverkauft. Die Bäckerin sagt,"
    " sie habe noch nie so viele Fragen nach einem Sack Weizen beantwortet.",
)
GREEK = (
    "Το παλιό καφενείο του χωριού άνοιξε ξανά τον Μάιο, ύστερα από δώδεκα χρόνια σιωπής, και οι πρώτοι που κάθισαν"
    " στα τραπέζια ήταν εκείνοι που το είχαν κλείσει τότε με τα ίδια τους τα χέρια.",
    "Η νέα ιδιοκτήτρια κράτησε τις καρέκλες, τον καθρέφτη και το ραδιόφωνο που πιάνει μόνο έναν σταθμό. Τα υπόλοιπα"
    " τα έφτιαξε μόνη της, με ξύλα από τις βάρκες που κανείς δεν ήθελε πια.",
    "Τα βράδια του Σαββάτου έρχονται μουσικοί από το διπλανό νησί και παίζουν ώσπου να φύγει το τελευταίο καΐκι. Τότε"
    " σβήνουν τα φώτα και ακούγεται μόνο η θάλασσα που χτυπά στον μόλο.",
)
STORIES = pytest.mark.parametrize("story", [STORY, GERMAN, GREEK], ids=["en", "de", "el"])


def shell(scripts: str, body: str = '<div id="app"></div>', title: str = TITLE) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{scripts}</head><body>{body}</body></html>"


def article_of(source: str) -> Article:
    article = read_page(Page("page.html", body=source.encode(), media_type=HTML)).article
    assert article is not None
    return article


def linked_data(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **values})}</script>'


def paragraphs(story: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in story)


def held(source: str) -> list[str]:
    """Return the lines of a page's tree with what its scripts hold."""
    tree = parse(source)
    assert tree is not None
    return [block.line.text for block in read_whole(tree).blocks]


def is_left_alone(source: str) -> bool:
    tree = parse(source)
    assert tree is not None
    before = etree.tostring(tree)
    return not add_scripted(tree, read_content(tree)) and etree.tostring(tree) == before


@STORIES
@pytest.mark.parametrize("written", ["plain", "html", "escaped"])
def test_reads_the_body_that_linked_data_states(story: tuple[str, ...], written: str) -> None:
    body = "\n\n".join(story) if written == "plain" else paragraphs(story)
    body = escape(body) if written == "escaped" else body
    author = {"@type": "Person", "name": AUTHOR}
    source = shell(linked_data(
        **{"@type": "NewsArticle"}, headline=TITLE, author=author, datePublished=DAY, articleBody=body
    ))  # fmt: skip
    article = article_of(source)
    assert article.text == "\n\n".join(story)
    assert (article.title, article.author, article.date) == (TITLE, AUTHOR, DAY)


def test_reads_threads_questions_and_steps_of_linked_data() -> None:
    comments = [{"@type": "Comment", "text": text, "author": {"name": "Edda"}} for text in STORY[1:]]
    thread = linked_data(**{"@type": "DiscussionForumPosting"}, headline=TITLE, text=STORY[0], comment=comments)
    assert held(shell(thread))[-4:] == list(STORY)
    answers = [
        {"@type": "Question", "name": f"What of {n}?", "acceptedAnswer": {"@type": "Answer", "text": text}}
        for n, text in enumerate(STORY)
    ]
    questions = held(shell(linked_data(**{"@type": "FAQPage"}, name=TITLE, mainEntity=answers)))
    assert [line for line in questions if line != TITLE] == [
        line for n, text in enumerate(STORY) for line in (f"What of {n}?", text)
    ]
    steps = [{"@type": "HowToStep", "name": f"Part {n}", "text": text} for n, text in enumerate(STORY)]
    assert held(shell(linked_data(**{"@type": "HowTo"}, name=TITLE, step=steps)))[-1] == STORY[-1]


@STORIES
@pytest.mark.parametrize("kind", ["text/template", "text/x-template", "text/html", "text/x-tmpl"])
def test_reads_a_body_in_a_template(story: tuple[str, ...], kind: str) -> None:
    source = shell("", f'<h1>{TITLE}</h1><script type="{kind}"><div>{paragraphs(story)}</div></script>')
    assert article_of(source).text == "\n\n".join(story)


def typed(story: tuple[str, ...]) -> Any:
    return [{"type": "paragraph", "text": text} for text in story]


def nested(story: tuple[str, ...]) -> Any:
    halves = [(text[:40], text[40:80], text[80:]) for text in story]
    leaves = [[{"type": "text", "text": a}, {"type": "text", "text": b, "marks": [{"type": "bold"}]},
               {"type": "link", "content": [{"type": "text", "text": c}]}] for a, b, c in halves]  # fmt: skip
    return {"type": "doc", "content": [{"type": "paragraph", "content": each} for each in leaves]}


def portable(story: tuple[str, ...]) -> Any:
    spans = [[{"_type": "span", "text": text[:50]}, {"_type": "span", "text": text[50:]}] for text in story]
    blocks: list[Any] = [{"_type": "block", "style": "normal", "children": each} for each in spans]
    return [*blocks[:1], {"_type": "image", "caption": "A picture that nobody sees here, said in a line."}, *blocks[1:]]


def contentful(story: tuple[str, ...]) -> Any:
    leaf = [{"nodeType": "text", "value": text, "marks": [], "data": {}} for text in story]
    return {"json": {"nodeType": "document", "content": [
        {"nodeType": "paragraph", "data": {}, "content": [each]} for each in leaf]}}  # fmt: skip


def editor(story: tuple[str, ...]) -> Any:
    return {
        "time": 1,
        "blocks": [{"id": str(n), "type": "paragraph", "data": {"text": t}} for n, t in enumerate(story)],
    }


def syntax(story: tuple[str, ...]) -> Any:
    return {"type": "root", "children": [
        {"type": "element", "tagName": "p", "properties": {}, "children": [{"type": "text", "value": text}]}
        for text in story]}  # fmt: skip


BODIES = pytest.mark.parametrize(
    "body_of",
    [paragraphs, "\n\n".join, list, typed, nested, portable, contentful, editor, syntax],
    ids=["html", "plain", "strings", "typed", "nested", "portable", "contentful", "editor", "syntax"],
)


@STORIES
@BODIES
def test_reads_the_body_in_the_state_of_a_page(story: tuple[str, ...], body_of: Any) -> None:
    post = {"headline": TITLE, "byline": [{"name": AUTHOR}], "publishedAt": f"{DAY}T08:00:00Z", "body": body_of(story)}
    state = {"props": {"pageProps": {"post": post, "menu": [{"title": "Home", "url": "/"}]}}, "page": "/[slug]"}
    data = json.dumps(state, ensure_ascii=False)
    article = article_of(shell(f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'))
    assert article.text == "\n\n".join(story)
    assert (article.title, article.author, article.date) == (TITLE, AUTHOR, DAY)


def flat(value: Any) -> list[Any]:
    """Return data as the flat list that Nuxt writes."""
    out: list[Any] = []

    def add(value: Any) -> int:
        place = len(out)
        out.append(None)
        if isinstance(value, dict):
            out[place] = {name: add(each) for name, each in value.items()}
        else:
            out[place] = [add(each) for each in value] if isinstance(value, list) else value
        return place

    add(value)
    return out


POST = {"title": TITLE, "author": {"firstName": "Maren", "lastName": "Solvik"}, "datePublished": DAY}


STATE = {"post": {**POST, "content": typed(STORY)}}
REFERENCES = {
    "Post:1": {**POST, "paragraphs": [{"__ref": f"Paragraph:{n}"} for n in range(len(STORY))]},
    **{f"Paragraph:{n}": {"type": "P", "text": text} for n, text in enumerate(STORY)},
}


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.__INITIAL_STATE__ = {json.dumps(STATE)};(function(){{}})()</script>",
        f"<script>window.__STATE__=JSON.parse({json.dumps(json.dumps(STATE))})</script>",
        f"<script type='application/json' id='__NUXT_DATA__'>{json.dumps(flat(STATE))}</script>",
        f"<script>window.__APOLLO_STATE__ = {json.dumps(REFERENCES)}</script>",
    ],
    ids=["assigned", "parsed", "flat", "references"],
)
def test_reads_states_however_they_are_written(script: str) -> None:
    article = article_of(shell(script, title="The Orrin Post"))
    assert article.text == "\n\n".join(STORY)
    assert (article.title, article.author, article.date) == (TITLE, AUTHOR, DAY)


def test_a_text_that_is_named_in_thousands_of_places_is_unfolded_as_often_as_it_fits() -> None:
    fan = [[at + 1] * 50 for at in range(8)]
    assert len(json.dumps(unfolded([*fan, STORY[0] * 9]))) < 2 * MAX_SCRIPT
    assert unfolded([{"a": 1, "b": 2}, STORY[0], [1, 1]]) == {"a": STORY[0], "b": [STORY[0]] * 2}


def test_puts_no_text_twice() -> None:
    body = linked_data(**{"@type": "NewsArticle"}, headline=TITLE, articleBody="\n".join(STORY))
    lead = f"<h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1][:90]}…</p>"
    assert held(shell(body, lead)) == [TITLE, *STORY]


@pytest.mark.parametrize("told", ["linked data", "template", "state"])
def test_leaves_a_page_alone_that_shows_its_text(told: str) -> None:
    script = {
        "linked data": linked_data(**{"@type": "NewsArticle"}, headline=TITLE, articleBody="\n".join(STORY)),
        "template": f'<script type="text/template">{paragraphs(GERMAN)}</script>',
        "state": f"<script type='application/json'>{json.dumps({'post': {**POST, 'content': typed(STORY)}})}</script>",
    }[told]
    assert is_left_alone(shell(script, f"<h1>{TITLE}</h1>{paragraphs(STORY)}"))


def test_leaves_lists_of_works_consent_and_templates_with_gaps_alone() -> None:
    works = [
        {"title": f"{name} and its story", "slug": name, "date": DAY, "content": paragraphs(story)}
        for name, story in (("one", STORY), ("two", GERMAN), ("three", GREEK))
    ]
    state = f"<script type='application/json'>{json.dumps({'posts': works})}</script>"
    assert is_left_alone(shell(state, title="The Orrin Post"))
    notice = " ".join(f"We use cookies for purpose {n}, and your consent to cookies is kept." for n in range(30))
    consent = {"title": TITLE, "author": AUTHOR, "body": [notice, notice]}
    assert is_left_alone(shell(f"<script type='application/json'>{json.dumps(consent)}</script>"))
    gaps = f'<script type="text/template"><h2>{{{{ title }}}}</h2>{paragraphs(STORY)}</script>'
    assert is_left_alone(shell(gaps))


@pytest.mark.parametrize("odd", ["\0", "\x1b", "\ud83d", "\ufffe", "\uffff"])
def test_signs_that_no_text_has_are_left_out(odd: str) -> None:
    story = [f"{odd}{text[:40]}{odd}{text[40:]}" for text in STORY]
    state = {"title": f"{TITLE}{odd}", "author": f"{odd}{AUTHOR}", "date": DAY + odd, "content": story}
    stated = linked_data(**{"@type": "Article", "author": {"name": AUTHOR + odd}, "articleBody": "\n".join(story)})
    for source in (f"<script type='application/json'>{json.dumps(state)}</script>", stated):
        article = article_of(shell(source))
        assert (article.title, article.author, article.text) == (TITLE, AUTHOR, "\n\n".join(STORY))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*STORY, paragraphs(STORY)]),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.text() | st.sampled_from(["type", "text", "content", "children", "title", "author", "__ref", "@type"]),
        inner,
    ),
    max_leaves=40,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(VALUES, st.integers(0, 400), st.sampled_from(["application/ld+json", "application/json", "", "text/html"]))
def test_no_data_raises(value: Any, cut: int, kind: str) -> None:
    text = json.dumps(value).replace("</", "<\\/")
    for each in (text, text[: len(text) - cut], "[" * 5_000 + text, '{"content":[' * 2_000 + text):
        tree = parse(shell(f'<script type="{kind}">x = {each}</script><script type="{kind}">{each}</script>'))
        assert tree is not None
        assert read_whole(tree).blocks is not None


@pytest.mark.parametrize(
    "sentence", ["旧渡船在冬天以前不会修好。", "សាឡាងចាស់នឹងមិនត្រូវបានជួសជុលមុនរដូវរងាទេ។", "သင်္ဘောဟောင်းကို ဆောင်းမတိုင်မီ မပြင်ဆင်နိုင်ပါ။"]
)
def test_a_text_without_spaces_is_a_body(sentence: str) -> None:
    found = body_of(f"<p>{sentence * 20}</p>")
    assert found is not None
    assert 40 <= found.words <= len(sentence * 20) / 2
