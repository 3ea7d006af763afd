"""Tags by what they mean for text: which hold no text, which only change how a word looks, which make a box."""

from __future__ import annotations

# Elements that hold no text of the page; to copy and search them would cost more than all the rest.
DROPPED = frozenset((
    "script", "style", "noscript", "svg", "template", "iframe", "link", "meta", "head", "audio", "canvas", "embed",
    "img", "input", "map", "object", "option", "picture", "select", "source", "textarea", "track", "video",
))  # fmt: skip
# Further elements whose content is not read.
SKIPPED = DROPPED | frozenset((
    "applet", "area", "basefont", "bgsound", "col", "colgroup", "datalist", "frame", "frameset", "math", "meter",
    "noembed", "noframes", "optgroup", "param", "progress", "rp", "rt",
))  # fmt: skip
# Elements that only change how a word looks: their classes say nothing of the text.
UNDRESSED = frozenset((
    "font", "small", "big", "em", "i", "u", "sup", "sub", "abbr", "acronym", "cite", "dfn", "ins", "mark", "data",
    "bdi", "bdo", "nobr", "wbr", "tt", "var", "samp", "kbd",
))  # fmt: skip
BOLD = frozenset(("b", "strong"))

# Block elements.
BOXES = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre",
    "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
# Their classes say what the whole page has or looks like.
OUTERMOST = frozenset(("main", "body"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
PREFORMATTED = frozenset(("pre", "listing", "plaintext", "xmp"))
# Boxes without a blank line before them.
TIGHT = frozenset(("li", "td", "th", "dd", "dt", "tr", "button", "figcaption", "summary"))
