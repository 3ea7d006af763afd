"""The tree of a page as a browser shows it: what a parser leaves beside the page or inside of frames is put in place.

The lines for the model, the metadata and trafilatura are all read from this tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, dropwhile

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from winnow.read.html.emphasised import TAGS, join_words
from winnow.read.html.markers import join_markers
from winnow.read.html.script_data import WORD
from winnow.read.html.sentences import PIECES, mend_sentences, name_spans, write_formula
from winnow.read.html.spelled import SPELLED, spell_out
from winnow.read.html.streamed import put_in_place
from winnow.read.html.tags import HEADINGS, SKIPPED
from winnow.read.parser import drop_all, page_parser

INSTEAD = 60  # words, at least, that can stand for a page where no scripts run or no frames are shown
DEEPEST = 5  # frames within frames that are read
SHADOWS = ("shadowrootmode", "shadowmode", "shadowroot")  # as HTML has it, as Chromium saves it, as it once was
# Elements that stand in the head of a page; any other one ends it, also where no tag says so.
IN_HEAD = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "noframes", "template"))
_SECTIONS = ("section", *HEADINGS)
MADE = 3  # sections named like their headings, from which on a program has made the names of headings
_REPAIRED = (
    *HEADINGS, "template", "noscript", "iframe", "noframes", "dialog", "math", "foreignobject", *PIECES, *SPELLED,
)  # fmt: skip


def shown(tree: HtmlElement, text: str, depth: int = 0) -> HtmlElement:
    """Return the tree of a page, changed into what a browser shows; it may have another root.

    `text` is the page's, `depth` the number of frames around it.
    """
    tree = one_document(tree)
    name_spans(tree, text)
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in _REPAIRED}
    for element in tree.iter(*_REPAIRED):
        found[str(element.tag)].append(element)
    put_in_place(tree, text, found["template"])
    for template in found["template"]:
        open_shadow(template)
    close_dialogs(tree, found["dialog"])
    for drawn in found["foreignobject"]:
        show_slide(drawn)
    for formula in found["math"]:
        write_formula(formula)
    join_words(chain.from_iterable(found[tag] for tag in TAGS))
    join_markers(found["li"])
    mend_sentences(chain.from_iterable(found[tag] for tag in PIECES))
    spell_out(tree, text, found)
    unname_sections(chain.from_iterable(found[tag] for tag in HEADINGS))
    if depth < DEEPEST:
        read_instead(tree, [*found["noscript"], *found["iframe"], *found["noframes"]], depth)
    return tree


def unname_sections(headings: Iterable[HtmlElement]) -> None:
    """Make ids of sections that a program has made of their headings places only: they name no part of a template.

    Pandoc, Quarto, Sphinx and others call a section `related-work`, `menu` or `comments` since its heading is so.
    """
    above = [(heading, heading.getparent()) for heading in headings if heading.getprevious() is None]
    named = [(heading, box) for heading, box in above if box is not None and box.get("id") and not box.get("name")]
    made = [box for heading, box in named if _in_letters(box.get("id", "")) == _in_letters(heading.text_content())]
    for box in made if len(made) >= MADE else ():
        box.set("name", box.attrib.pop("id"))


def _in_letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).lower()


def one_document(tree: HtmlElement) -> HtmlElement:
    """Return a page as one document: what follows an early end stands at the end of the body, as in browsers.

    The parser makes a second root of what follows `</html>`, and children of the root of what follows `</body>`; no
    search of the page finds them.
    """
    root = tree.getroottree().getroot()
    _end_head(root)
    others = [element for element in root.itersiblings() if isinstance(element.tag, str)]
    body = _body(tree, root)
    if body is None:
        body = etree.SubElement(root, "body") if others else root
    else:
        body.extend([late for late in body.itersiblings() if late.tag not in ("head", "body", "frameset")])
    for other in others:
        _join(root, body, other)
    return root if others else tree


def show_slide(drawn: HtmlElement) -> None:
    """Set a section of HTML inside of a picture before the picture: slides are drawn so (Marp), to be scaled as one.

    The labels of diagrams have neither headings nor sections, and stay in the picture, which is not read.
    """
    picture = next(drawn.iterancestors("svg"), None)
    if picture is not None and next(drawn.iter(*_SECTIONS), None) is not None:
        drawn.tail = None
        drawn.tag = "div"
        picture.addprevious(drawn)


def _end_head(root: HtmlElement) -> None:
    """Move into the body what the parser leaves in the head of a page without tags for either: `<title>…<main>…`."""
    head = root.find("head")
    parts = () if head is None else dropwhile(lambda part: part.tag in IN_HEAD or not isinstance(part.tag, str), head)
    spilt = list(parts)
    if not spilt:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    spilt[-1].tail, body.text = (spilt[-1].tail or "") + (body.text or ""), None
    body[:0] = spilt


def _body(tree: HtmlElement, root: HtmlElement) -> HtmlElement | None:
    """Return the body of a document; of a fragment it is the element under the root, whatever its name."""
    if tree is root:
        return root.find("body") if root.tag == "html" else root
    return tree if tree.getparent() is root else tree.getparent()


def _join(root: HtmlElement, body: HtmlElement, other: HtmlElement) -> None:
    """Move what a further document holds into the first one, with the attributes that the first one lacks."""
    head = root.find("head")
    for part in [*other.iterchildren("head", "body"), other]:
        mine = root if part is other else body
        for name, value in part.items():
            if name not in mine.attrib:
                mine.set(name, value)
        if part.tag == "head" and head is not None:
            head.extend(list(part))
    _move(body, other)


def _move(body: HtmlElement, part: HtmlElement) -> None:
    """Move what a part of a document holds to the end of a body."""
    _add_text(body, part.text)
    for child in list(part):
        if child.tag in ("head", "body"):
            _move(body, child)
            _add_text(body, child.tail)
        else:
            body.append(child)


def _add_text(body: HtmlElement, text: str | None) -> None:
    last = next(body.iterchildren(reversed=True), None)
    if text and last is None:
        body.text = (body.text or "") + text
    elif text and last is not None:
        last.tail = (last.tail or "") + text


def open_shadow(template: HtmlElement) -> None:
    """Show the shadow root that a template declares, with its host's children in their slots; the others go.

    A host has one shadow root: further templates that declare one go, too.
    """
    host = template.getparent()
    if host is None or not _declares_shadow(template):
        return
    slots: dict[str, HtmlElement] = {}
    for slot in template.iter("slot"):
        if next(slot.iterancestors("template")) is template:
            slots.setdefault(slot.get("name", ""), slot)
    given: dict[str, list[HtmlElement]] = {name: [] for name in slots}
    for child in [child for child in host if child is not template]:
        if not _declares_shadow(child):
            given.get(child.get("slot", ""), []).append(child)
        host.remove(child)
    text = (host.text or "") + (template.tail or "")
    host.text = template.tail = None
    for name, slot in slots.items():
        own_text = "" if name else text
        if given[name] or own_text.strip():
            slot[:] = given[name]
            slot.text = own_text
    template.drop_tag()


def _declares_shadow(element: HtmlElement) -> bool:
    return element.tag == "template" and any(name in element.attrib for name in SHADOWS)


def close_dialogs(tree: HtmlElement, dialogs: Iterable[HtmlElement]) -> None:
    """Drop the dialogs that are not open, but one that is most of what is left of the page: a script opens it."""
    sizes = {dialog: _words(dialog) for dialog in dialogs if "open" not in dialog.attrib}
    left = _words(tree) if max(sizes.values(), default=0) >= INSTEAD else 0
    closed: set[HtmlElement] = set()
    for dialog, words in sizes.items():
        if closed.isdisjoint(dialog.iterancestors("dialog")) and (words < INSTEAD or 2 * words < left):
            closed.add(dialog)
            left -= words
    drop_all(dialog for dialog in sizes if dialog in closed)


def read_instead(tree: HtmlElement, elements: list[HtmlElement], depth: int) -> None:
    """Put in place what a page shows where no scripts run or no frames are shown, and frames that it holds itself.

    That is done where most of the page's words stand there, and `INSTEAD` at least: boards that a script draws have all
    their posts there. On other pages these hold pictures, counters and advertisements.
    """
    pairs = [(element, instead) for element in elements if (instead := _instead(element, depth)) is not None]
    words = sum(_words(instead) for _, instead in pairs)
    if words < INSTEAD or words <= _words(tree):
        return
    for element, instead in pairs:
        instead.tag = "div"
        if instead is not element and (parent := element.getparent()) is not None:
            instead.tail = element.tail
            parent.replace(element, instead)
    for frames in tree.iter("frameset"):
        frames.tag = "body" if frames.getparent() is tree else "div"


def _instead(element: HtmlElement, depth: int) -> HtmlElement | None:
    """Return an element with what may be shown in place of another one; None where there is nothing."""
    if element.tag == "noscript":
        return element
    source = element.get("srcdoc") if element.tag == "iframe" else element.text
    if not source or source.isspace():
        return element if len(element) else None
    try:
        page = document_fromstring(source.encode("utf-8", "surrogatepass"), parser=page_parser())
    except (etree.LxmlError, ValueError):
        return None
    return shown(page, source, depth + 1).find("body")


def _words(element: HtmlElement) -> int:
    """Return the number of words in an element, without what is not read in it."""
    walker = etree.iterwalk(element, events=("start",))
    words = 0
    for _, inner in walker:
        if inner is not element:
            words += _count(inner.tail or "")
            if inner.tag in SKIPPED:
                walker.skip_subtree()
                continue
        words += _count(inner.text or "")
    return words


def _count(text: str) -> int:
    """Return the number of words of a text; two characters of a script without spaces count as one."""
    return len(text.split() if text.isascii() else WORD.findall(text))
