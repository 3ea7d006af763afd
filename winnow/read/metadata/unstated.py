"""Pages that state no title: titles that a program fills in, and the line above the text that is the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.script_data import WORD
from winnow.read.html.walk import Content
from winnow.read.metadata.headings import Heading
from winnow.read.metadata.names import BY
from winnow.read.metadata.structured import Head
from winnow.read.metadata.values import clean_text, count_words, words
from winnow.read.words.dates import find_dates

# What editors write where nobody has named a page, names of files, addresses, and names of the first page of a site.
_NOTHING = re.compile(
    r"untitled(?: (?:document|page))?|(?:new|web) page|(?:no|page) title|title|document|unbenannt(?:es dokument)?"
    r"|unbenannte seite|kein titel|ohne titel|(?:document |page )?sans (?:titre|nom)"
    r"|(?:documento )?s(?:in|en)za? t[ií]t[uo]lo|(?:documento )?sem título|naamloos(?: document)?"
    r"|(?:dokument )?bez (?:tytułu|názvu|nazwy)|без названия|безымянный документ"
    r"|(?:новый )?документ без (?:имени|названия)|无标题(?:文档|页)?|無標題(?:文件|文檔)?"
    r"|無題(?:ドキュメント|文書)?|제목 ?없음"
    r"|(?:\S{1,200}[/\\])?[\w%-]{1,60}\.(?:[sx]?html?|php\d?|aspx?|jsp|cfm|docx?|odt|rtf|tex|pdf|epub)"
    r"|abiword html document|microsoft word\b.{0,200}"
    r"|(?:about:|file:|https?://)\S*"
    r"|home ?page|home|startseite|hauptseite|accueil|page d['’]accueil|inicio|página (?:inicial|principal|de inicio)"
    r"|strona główna|start ?sida|forside|главная(?: страница)?|首页|首頁|ホーム|トップページ|홈",
)
_FILE = re.compile(r"[a-z\d]+(?:[-_][a-z\d]+)+")
_COUNT = re.compile(r"[\s-]?\(?\d{1,3}\)?$")
_is_large = re.compile(r"\+[1-9]|[4-7]").fullmatch  # sizes of `<font>` that are larger than the text
_FURNITURE = bits_of("nav footer side related share comment promo appeal consent toc form pages")
_TITLE = bits_of("title")
PROSE = 15  # words of a line that is the text's, at least
TOLD = 4  # words of a first line that is a headline though nothing sets it apart, at least
LONGEST = 25  # words of a headline, at most
ABOVE = 6  # lines between a headline and the text, at most
BOLD = 0.9  # share of a line in bold from which the line may be a headline
LINKED = 0.5  # share of a line's text that is a link, above which the line leads elsewhere


def says_nothing(title: str) -> bool:
    """Tell whether a title is one that programs fill in, a file's name, or the name of any first page."""
    return _NOTHING.fullmatch(_COUNT.sub("", title.strip().lower())) is not None


def is_file(title: str) -> bool:
    """Tell whether a title is the name of a file without its ending."""
    return _FILE.fullmatch(title) is not None


def headline_above(content: Content) -> str | None:
    """Return the line close above the text that stands out as its headline; None where no line does.

    Headings go before lines that are set in bold, in larger letters or in a box that is named as the title's.
    """
    above: list[Block] = []
    for block in content.blocks:
        size = len(WORD.findall(block.line.text))
        if block.kind == "paragraph" and size >= PROSE and block.linked < LINKED:
            break
        above.append(block)
    near = [block for block in above[-ABOVE:] if _may_be_one(block)]
    found = [block for block in near if block.kind == "heading"] or [block for block in near if _stands_out(block)]
    return clean_text(found[0].line.text, visible=True) if found else None


def is_untitled(head: Head, title: str | None, headings: Sequence[Heading]) -> bool:
    """Tell whether a page states no title but a file's name, and none of its headings is the only one of its level."""
    stated = filter(None, (head.first("og:title"), head.title))
    if any(not (says_nothing(text) or is_file(text)) for text in stated):
        return False
    levels = [one.level for one in headings if title is None or words(one.text) == words(title)]
    return not levels or sum(one.level == min(levels) for one in headings) > 1


def first_line(content: Content) -> str | None:
    """Return the first line that a reader sees of a document; None where it is a sentence, a link, a day or a byline.

    Converters write a title that was set as a paragraph as one, and mail programs often do.
    """
    seen = (block for block in content.blocks if not block.box.hidden and block.linked < LINKED)
    first = next(seen, None)
    if first is None or first.kind not in ("paragraph", "heading") or not _may_be_one(first):
        return None
    text = clean_text(first.line.text, visible=True)
    return text if text and count_words(text) >= TOLD and not text.endswith((".", "。", ",")) else None


def _may_be_one(block: Block) -> bool:
    text = block.line.text
    is_short = len(WORD.findall(text)) <= LONGEST and not text.endswith((":", "："))
    is_told = is_short and block.linked < LINKED and not block.box.all_names & _FURNITURE
    return is_told and not (says_nothing(text) or BY.match(text) or any(find_dates(text)))


def _stands_out(block: Block) -> bool:
    """Tell whether a line that is no heading is set like one."""
    element = block.box.element
    if block.kind != "paragraph" or element is None:
        return False
    fonts = (each for each in element.iter("font", "big") if each.tag == "big" or _is_large(each.get("size", "")))
    is_large = any(words("".join(font.itertext())) == words(block.line.text) for font in fonts)
    return block.bold >= BOLD or is_large or bool(block.box.names & _TITLE)
