"""Text of pages that is none: JavaScript that spilt out of its script, and letters that somebody has scrambled."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winnow.read.html import parse, read_content, read_whole
from winnow.read.html.garbled import drop_garbled

from .test_htmlpage_scripted import GERMAN, STORY, paragraphs

RUSSIAN = (
    "Старая водяная мельница стояла у самого моста, и когда весной поднималась вода, вся деревня выходила на берег"
    " смотреть, как колесо медленно трогается с места и начинает свой долгий круг.",
    "Хозяин говорил, что она помнит его деда, и что ни один мешок зерна за эти годы не был потерян. Теперь он хочет"
    " передать её школе, чтобы дети знали, откуда берётся хлеб и как он пахнет.",
    "В субботу на мельнице был праздник. Играли на гармони, пекли блины из новой муки, а вечером зажгли фонари, и"
    " вода под колесом стала похожа на тёмное стекло, в котором плавают огни.",
)
SPILT = (
    'window.a="<script></script>",b=b.removeChild(b.firstChild);function c(d,e){return d&&e}for(var f=0;f>9;f++){c(f)}',
    "document.write('<script src=\"/x.js\"></script>');var q=q||[];q.push({id:3});if(q.length>2){q.shift();}",
    'var t="<b></script><div class=x><p>"+name+"</p></div>";node.innerHTML=t;node.onclick=function(){return !1};',
)
NAMES = [f"spill{number}" for number in range(len(SPILT))]


def lines_of(source: str) -> list[str]:
    tree = parse(source)
    assert tree is not None
    return [block.line.text for block in read_whole(tree).blocks]


def page(*stories: str) -> str:
    return f"<html><head><title>A mill</title></head><body><h1>A mill</h1>{''.join(stories)}</body></html>"


@pytest.mark.parametrize("spilt", SPILT, ids=NAMES)
@pytest.mark.parametrize("place", ["head", "body", "paragraph"])
def test_a_spilt_program_is_no_text(spilt: str, place: str) -> None:
    script = f"<script>{spilt}</script>"
    head, top, inside = (script if place == each else "" for each in ("head", "body", "paragraph"))
    source = f"<html><head>{head}</head><body>{top}<h1>A mill</h1>{paragraphs(STORY)}<p>{inside}</p></body></html>"
    assert lines_of(source) == ["A mill", *STORY]


@pytest.mark.parametrize("tag", ["<script/>", '<script type="text/javascript" />', "<script defer />"])
@pytest.mark.parametrize(
    "program",
    [
        '(function(){var a=JSON.parse("{}");start(a,function(b){return b.c});})();',
        "window.load = function () { var q = document.q('#x'); if (q) { q.y = 1; } };\n"
        + "var s = '\\x7b\\x22';\n" * 40,
        "var data = {a: [1, 2], b: {c: 'x'}}; for (var k in data) { show(data[k]); }",
    ],
)
def test_a_script_that_seems_empty_is_not_ended_by_its_slash(tag: str, program: str) -> None:
    source = page(paragraphs(STORY[:2]), f"{tag}\n{program}\n</script>", paragraphs(STORY[2:]))
    assert lines_of(source) == ["A mill", *STORY]


@pytest.mark.parametrize("tag", ['<script src="/a.js"/>', "<script/>", "<script></script>"])
def test_text_behind_an_empty_script_stays(tag: str) -> None:
    assert lines_of(page(f"<div>{tag}{STORY[0]}</div>")) == ["A mill", STORY[0]]


def test_text_behind_a_spilt_program_stays() -> None:
    assert lines_of(page(f"<div><script>{SPILT[0]}</script> {STORY[0]}</div>")) == ["A mill", STORY[0]]


def test_work_grows_with_the_number_of_open_scripts_only() -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        lines_of(page('<script>var a = "<b></script>' * count))
        return time.process_time() - start

    assert cost(8_000) < 12 * cost(1_000) + 0.5


@pytest.mark.parametrize(
    "source",
    [
        f"<pre>{SPILT[1].replace('<', '&lt;')}</pre>",
        f"<script>start()</script><pre><code>{SPILT[0].replace('<', '&lt;')}</code></pre>",
        "<p>Call <code>list.push({id: 3});</code> and then <code>return !1</code>; the rest (of it) is done.</p>",
        "<p>if (q.length &gt; 2) { q.shift(); return q; } function c(d, e) { return d &amp;&amp; e; }</p>",
        '<p>"Wait<script>count("<b>");</script>", he said (and waited), "until it is done."</p>',
    ],
)
def test_programs_that_an_article_shows_stay(source: str) -> None:
    tree = parse(page(source, paragraphs(STORY)))
    assert tree is not None
    assert not drop_garbled(tree, read_content(tree))


def shifted(by: int) -> Callable[[str], str]:
    def move(text: str) -> str:
        return "".join(
            chr((ord(c.lower()) - start + by) % size + start) if start <= ord(c.lower()) < start + size else c
            for c in text
            for start, size in [(0x430, 32) if ord(c) > 0x400 else (97, 26)]
        )

    return move


def moved(text: str) -> str:
    return "".join(c if c == " " else chr(ord(c) + 1) for c in text)


def drawn(text: str) -> str:
    dice = random.Random(7)
    return "".join(dice.choice("abcdefghijklmnopqrstuvwxyz") if c.isalpha() else c for c in text)


SCRAMBLES = [(story, scramble) for scramble in (shifted(1), shifted(13), shifted(20), moved)
             for story in (STORY, GERMAN, RUSSIAN)]  # fmt: skip
SCRAMBLES += [(story, drawn) for story in (STORY, GERMAN)]


@pytest.mark.parametrize(("story", "scramble"), SCRAMBLES)
def test_scrambled_paragraphs_are_no_text(story: tuple[str, ...], scramble: Callable[[str], str]) -> None:
    hidden = [scramble(text) for text in story[1:]]
    found = lines_of(page(f"<p>{story[0]}</p>", *(f"<p>{text.replace('<', '&lt;')}</p>" for text in hidden)))
    assert found == ["A mill", story[0]]


FOREIGN = [
    "Gwelodd yr hen ddyn y llong yn dod i mewn i'r harbwr gyda'r wawr, ac aeth i lawr at y cei i'w chyfarch hi. Nid"
    " oedd neb arall yno ond y gwylanod a'r bachgen a oedd yn gwerthu papurau newydd ar y gornel bob bore.",
    "Herriko zubi zaharra berriro ireki zuten maiatzean, eta egun hartan jende asko bildu zen ibaiaren ertzean, haurrak"
    " eta aitona-amonak, musika entzuteko eta lehen gurdia nola pasatzen zen ikusteko gogoz.",
    "Gallus in vetere turri habitabat, nec quisquam vicinorum sciebat unde venisset. Mane ante lucem cantabat, et"
    " pistores, qui iam panem coquebant, clamore eius excitati fenestras aperiebant atque ridebant.",
    "Vesikellot kulkevat hitaasti, sanoi vanha seppä, joka oli korjannut niitä kuudenkymmenen vuoden ajan pienessä"
    " pajassaan rannan lähellä. Hänellä oli tapana kuunnella jokaista kelloa ennen kuin hän avasi sen kannen.",
    "Az öreg révész minden reggel megnézte a folyót, mielőtt beszállt volna a csónakjába, és ha köd ült a víz fölött,"
    " leült a partra, pipára gyújtott, és megvárta, amíg a túlsó part fái láthatóvá válnak.",
]


def test_paragraphs_in_any_language_stay_and_so_does_a_short_cipher() -> None:
    foreign = page(paragraphs(STORY), *(f"<p>{text}</p>" for text in FOREIGN * 2))
    assert lines_of(foreign) == ["A mill", *STORY, *FOREIGN * 2]
    cipher = shifted(3)(STORY[0])[:120]
    assert lines_of(page(paragraphs(STORY), f"<p>{cipher}</p>"))[-1] == cipher


@settings(deadline=None, max_examples=100)
@given(st.text(), st.text())
def test_no_text_raises(script: str, text: str) -> None:
    tree = parse(page(f"<script>{script}</script>{text}", f"<p>{text * 30}</p>"))
    assert tree is not None
    assert read_whole(tree).blocks is not None
