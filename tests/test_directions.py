"""Texts from right to left in the reading room: whole articles, and parts in another script."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from lab.benchmarks.reading import served
from tests.browser import CHROMIUM, Browser, browser
from tests.conftest import as_installed, read_folder
from winnow.room.markdown import rendered
from winnow.room.text import direction, side


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-Latn", "auto"), ("pa-Arab-PK", "rtl"), ("arn", "auto"),
     ("en", "auto"), ("ja", "auto"), (None, "auto"), ("x" * 1_000_000, "auto")],
)  # fmt: skip
def test_a_language_has_a_direction(language: str | None, wanted: str) -> None:
    assert direction(language) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nokia בנתה כאן מפעל גדול מאוד", "rtl"),
        ("The word שלום means peace.", "ltr"),
        ("«آب را باید شنید»", "rtl"),
        ("C++ للمبتدئين", "rtl"),
        ("霧の港", "ltr"),
        ("1963–1979, 412 %", ""),
        ("۱۲۹۸", ""),
    ],
)
def test_most_letters_tell_the_direction_of_a_part(text: str, wanted: str) -> None:
    assert side(text) == wanted


def test_parts_of_markdown_have_their_directions() -> None:
    shown = rendered(
        "קיץ ארוך\n\nOnly this.\n\n- דלת\n- C++\n\n> 1963\n\n| א | 12 |\n| - | - |\n| ב | HTML |\n", None, None
    )
    assert shown is not None
    parts = shown.replace("\n", "")
    for part in ('<p dir="rtl">קיץ', '<p dir="ltr">Only', '<ul dir="rtl"><li>דלת</li><li>C++', "<blockquote><p>1963"):
        assert part in parts
    assert parts.count('tabindex="0" role="region" aria-label="Table"><table>') == parts.count("</table></div>") == 1
    for cell in ('<th dir="rtl">א', "<th>12", '<td dir="rtl">ב', '<td dir="ltr">HTML'):
        assert cell in parts


@pytest.mark.parametrize("line", ["- a\n", "# a\n"], ids=["list", "headings"])
def test_work_grows_with_the_number_of_parts_only(line: str) -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        assert rendered(line * count, None, None)
        return time.process_time() - start

    assert cost(24_000) < 20 * cost(3_000) + 0.5


ARABIC = (
    "Nokia ليست هي القصة هنا، بل الرجل الذي يصغي إلى كل لوح قبل أن يرفع المطرقة، ويطرقه بطرف إصبعه مرة بعد مرة.",
    "في عام 1963 بنى جده سبعة وثلاثين مركبا (ما زال اثنان منها في البحر) ثم علم الصنعة لأولاده جميعا قبل أن يموت.",
    "يأتي معظم العمل من قرى لا تستطيع أن تدفع، فيعمل بالدين حتى نهاية الموسم ثم يزور كل مركب ليطمئن عليه.",
)
PARTS = "<ul><li>خشب السدر</li><li>C-24</li></ul><pre><code>tide --low  # 3.5\n    count()</code></pre>"
JAPANESE = (
    "港の外れにある小さな工房で、彼女は毎朝四時に炉へ火を入れる。硝子が溶けるまでの二時間、椅子に座って海の音を聞く。"
    * 3
)

# Whether a part begins at the right, and its last mark stands left of the letter before it.
ENDS = """(() => {
    const at = (node, from) => {
        const range = document.createRange(); range.setStart(node, from); range.setEnd(node, from + 1);
        return range.getClientRects()[0];
    };
    return [...document.querySelectorAll('.text p')].map(part => {
        const box = part.getBoundingClientRect(), middle = (box.left + box.right) / 2, end = part.lastChild.length - 1;
        return at(part.firstChild, 0).left > middle && at(part.lastChild, end).left < at(part.lastChild, end - 1).left;
    });
})()"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str]]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: the pages are not looked at in a browser")
    folder = tmp_path_factory.mktemp("pages")
    body = f"<p>{ARABIC[0]}</p><p>{ARABIC[1]}</p>{PARTS}<p>{ARABIC[2]}</p>"
    for name, title, text in (("ar", "iPhone في الورشة القديمة", body), ("ja", "霧の港", f"<p>{JAPANESE}</p>")):
        page = f"<html lang={name}><title>{title}</title><article><h1>{title}</h1>{text}</article></html>"
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    database = read_folder(folder, tmp_path_factory.mktemp("db") / "articles.db").database
    with browser(tmp_path_factory.mktemp("profile")) as chromium, as_installed(), served(database) as address:
        yield chromium, address


def test_an_arabic_article_is_set_from_right_to_left(opened: tuple[Browser, str]) -> None:
    chromium, address = opened
    chromium.visit(f"{address}/articles/articles/1")
    style = "[...document.querySelectorAll('{}')].map(each => getComputedStyle(each).{})"
    found = {
        each: chromium.evaluate(style.format(each, "direction")) for each in (".reading h1", ".text p", ".text li")
    }
    assert found == {".reading h1": ["rtl"], ".text p": ["rtl"] * 3, ".text li": ["rtl"] * 2}
    assert chromium.evaluate(ENDS) == [True] * 3
    assert chromium.evaluate(style.format(".text pre", "direction")) == ["ltr"]
    assert chromium.evaluate(style.format(".text ul", "paddingRight")) != ["0px"]


def test_results_have_the_direction_and_language_of_each_article(opened: tuple[Browser, str]) -> None:
    chromium, address = opened
    for page in ("/search", "/"):
        chromium.visit(address + page)
        lines = (
            "[...document.querySelectorAll('.results {}')].map(each => [each.lang, getComputedStyle(each).direction])"
        )
        wanted = [["ja", "ltr"], ["ar", "rtl"]]
        assert [chromium.evaluate(lines.format(each)) for each in (":is(h2, h3)", ".snippet")] == [wanted, wanted]
