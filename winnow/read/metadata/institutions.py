"""Where the authors of a paper work: universities, institutes and the like, which stand below their names."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from winnow.read.metadata.values import clean_text, word_set

# Words of the names of institutions, which no person's name has. Of what stands in every address there are no words.
_INSTITUTIONS = word_set(
    """university universities institute institutes institution laboratory laboratories lab labs department academy
    faculty college
    universität universitaet hochschule fachhochschule institut forschungsinstitut forschungsstelle
    forschungszentrum fakultät lehrstuhl akademie
    université laboratoire faculté académie département
    universidad universitat instituto laboratorio facultad departamento academia escuela
    universidade laboratório faculdade departamento università istituto facoltà dipartimento accademia
    universiteit instituut faculteit vakgroep universitet universitetet institutt institutionen fakultet fakulteten
    högskola yliopisto instituutti uniwersytet instytut wydział katedra politechnika univerzita fakulta
    sveučilište egyetem egyetemi intézet universitatea institutul facultatea üniversitesi enstitüsü fakültesi
    университет институт лаборатория факультет кафедра академия університет інститут лабораторія
    πανεπιστήμιο ινστιτούτο εργαστήριο
    دانشگاه پژوهشکده پژوهشگاه آزمایشگاه دانشکده جامعة معهد كلية مختبر
    אוניברסיטת אוניברסיטה מכון विश्वविद्यालय संस्थान"""
)
_WORDS = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(
    r"(?:大学|大學|学院|學院|研究所|研究院|研究室|研究中心|实验室|實驗室|実験室|학과|대학교|연구소|연구실)"
)
_MAX_LINE = 160  # characters of a line that names an institution
_MAX_NAME = 60  # characters of a name above one
_MAX_INSIDE = 60  # elements of a mark that are looked at


def is_institution(text: str) -> bool:
    """Tell whether a line names an institution: it is short, no sentence, and has a word of such names."""
    if len(text) > _MAX_LINE or text.rstrip().endswith((".", "?", "!", "。")):
        return False
    return not _INSTITUTIONS.isdisjoint(_WORDS.findall(text.lower())) or _UNSPACED.search(text) is not None


def names_above(mark: etree._Element) -> str:
    """Return the lines of an element that stand right above institutions, "" where the first does not."""
    has_breaks = any(inner.tag == "br" for inner in islice(mark.iter("*"), _MAX_INSIDE))
    lines = _lines(mark) if has_breaks else []
    told = list(map(is_institution, lines))
    names = [line for line, is_told, is_below in zip(lines, told, told[1:], strict=False) if is_below and not is_told]
    return "; ".join(names) if not any(told[:1]) and all(len(name) <= _MAX_NAME for name in names) else ""


def _lines(mark: etree._Element) -> list[str]:
    """Return the lines of an element, as its breaks divide them."""
    lines = [""]
    for event, inner in islice(etree.iterwalk(mark, events=("start", "end")), 2 * _MAX_INSIDE):
        if event == "start" and inner.tag == "br":
            lines.append("")
        text = inner.text if event == "start" else inner.tail if inner is not mark else None
        lines[-1] += f" {text}" if text else ""
    return [text for line in lines if (text := clean_text(line, 2 * _MAX_LINE, visible=True))]
