"""Training copies of pages: what real captures contain and the labelled pages hardly show.

Teaser cards made from other pages of the same fold, and asides (label: not article); pages without any boilerplate;
pages in words nobody knows, so that the shape must tell; other gaps, indents and glued lines. The stress benchmark uses
other templates than these.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from lab.training import asides, scripts
from lab.training.augment_text import BYLINES, CREDITS, LEADS_ON, SECTIONS, SHELF
from lab.training.data import Sample
from lab.training.html_sets import TYPES
from winnow.read.lines.line import Line

Row = tuple[Line, int]


def copies(samples: Sequence[Sample], seed: int = 5) -> list[Sample]:
    """Make about one and a half altered copies per article; none of other pages, since a listing is made of cards."""
    samples = [sample for sample in samples if sample.row.get("set") != TYPES]
    chance = random.Random(seed)
    alike: dict[tuple[int, str], list[Sample]] = {}
    for sample in samples:
        alike.setdefault(_likeness(sample), []).append(sample)
    out = []
    for sample in samples:
        if not sample.labels.any():
            continue
        if chance.random() < (0.4 if sample.rendering == "inscr" else 0.8):
            unknown = chance.random() < 0.25
            spoken = () if unknown else asides.spoken([sample.row["language"]])
            made = with_foreign(sample, alike[_likeness(sample)], chance, spoken)
            if unknown:
                made = unknown_words(made, chance)
            if chance.random() < 0.25:
                made = other_layout(made, chance)
            out.append(made)
        if chance.random() < 0.15:
            made = alone(sample, chance)
            out.append(unknown_words(made, chance) if chance.random() < 0.4 else made)
        if chance.random() < 0.1:
            out.append(other_layout(unknown_words(sample, chance), chance))
    return out


def _likeness(sample: Sample) -> tuple[int, str]:
    """Say whose cards may be put into a page: those of its fold in its language; else language would give them away."""
    return sample.fold, sample.row["language"]


def with_foreign(
    sample: Sample, others: Sequence[Sample], chance: random.Random, languages: Sequence[str] = asides.ENGLISH
) -> Sample:
    """Paste teaser cards of other pages and asides in one of the languages into a page.

    Without asides for pages that are then put in unknown words: there nothing would tell an aside from a paragraph, and
    the article's last paragraphs would be lost to the doubt.
    """
    rows: list[Row] = list(zip(sample.lines, sample.labels.tolist(), strict=True))
    article = [i for i, (_, label) in enumerate(rows) if label]
    inserts: list[tuple[int, list[Row]]] = []
    for likely in (0.85, 0.5, 0.2) if languages else ():
        if chance.random() < likely:
            at = article[-1] if chance.random() < 0.6 else chance.choice(article)
            made = aside(sample.fold, chance, languages)
            if chance.random() < 0.6:  # set like the page, so that gaps and indents tell nothing
                host = sample.lines[at]
                made = [(line._replace(gap=host.gap, indent=host.indent), 0) for line, _ in made]
            inserts.append((at, made))
    if chance.random() < 0.8:
        at = min(len(rows) - 1, article[-1] + chance.choice([0, 0, 0, 1, 2, 4, 8]))
        inserts.append((at, cards(sample, others, chance)))
    if chance.random() < 0.15:
        inserts.append((chance.choice(article), cards(sample, others, chance, inline=True)))
    if chance.random() < 0.12:
        inserts.append((article[0] - 1, cards(sample, others, chance)))
    foreign, worth = [0] * len(rows), list(sample.worth)
    for at, made in sorted(inserts, key=lambda item: -item[0]):
        rows[at + 1 : at + 1] = made
        foreign[at + 1 : at + 1] = [1] * len(made)
        worth[at + 1 : at + 1] = [1.0] * len(made)
    return sample.altered([line for line, _ in rows], [label for _, label in rows], "foreign", foreign, worth)


def alone(sample: Sample, chance: random.Random) -> Sample:
    """Keep nothing but the title and the article: what another extractor, or Winnow itself, leaves of a page."""
    lines = [line._replace(gap=1, indent=0) for line, y in zip(sample.lines, sample.labels, strict=True) if y]
    labels = [1] * len(lines)
    worth = [value for value, y in zip(sample.worth, sample.labels, strict=True) if y]
    if sample.row["title"] and chance.random() < 0.8:
        lines.insert(0, Line(sample.row["title"].strip()))
        labels.insert(0, 0)
        worth.insert(0, 1.0)
    return sample.altered(lines, labels, "alone", worth=worth)


def aside(fold: int, chance: random.Random, languages: Sequence[str] = asides.ENGLISH) -> list[Row]:
    """Compose an aside: all in one line, a line a passage, or a line a sentence."""
    parts = asides.compose(fold, chance, languages)
    gap, how = chance.choice([0, 1, 1, 1, 2]), chance.random()
    lines = [" ".join(part) for part in parts] if how < 0.75 else [line for part in parts for line in part]
    if how < 0.4:
        lines = [" ".join(lines)]
    return [(Line(line, gap), 0) for line in lines]


def cards(sample: Sample, others: Sequence[Sample], chance: random.Random, inline: bool = False) -> list[Row]:
    """Compose a shelf of teaser cards, all after one plan: which parts, in which order, how far apart."""
    plan = _plan(chance)
    paragraphs = 1 if inline else chance.choice([1, 1, 2, 2, 3])
    gap = chance.choice([0, 1, 1, 2])
    lead_on, credit, byline = chance.choice(LEADS_ON), chance.choice(CREDITS), chance.choice(BYLINES)
    is_cut = chance.random() < 0.25
    rows: list[Row] = []
    if chance.random() < 0.35:
        rows.append((Line(chance.choice(SHELF), 1), 0))
    for _ in range(1 if inline else chance.randint(1, 5)):
        other = chance.choice(others)
        prose = [line for line, label in zip(other.lines, other.labels, strict=True) if label and len(line.text) > 80]
        if other.domain == sample.domain or not prose:
            continue
        title = (other.row["title"] or prose[0].text[:60]).strip()
        author = other.row["author"] or "Staff"
        short = chance.choice([title.split(":")[0], " ".join(title.split()[:3]), author])
        texts = [line.text for line in prose[:paragraphs]]
        if is_cut:
            texts[-1] = cut(texts[-1], chance)
        parts = {
            "section": [chance.choice(SECTIONS)],
            "credit": [credit.format(short)],
            "title": [title],
            "byline": [byline.format(author, chance.randint(1, 28), chance.randint(2, 59))],
            "prose": texts,
            "lead": [lead_on],
        }
        card = [text for part in plan for text in parts[part]]
        rows += [(Line(text, 1 if k == 0 else chance.choice([gap, gap, 0])), 0) for k, text in enumerate(card)]
    return rows


def _plan(chance: random.Random) -> list[str]:
    """Draw the parts of a card; prose and title nearly always, the others before or after."""
    plan = ["prose"]
    if chance.random() < 0.9:
        plan.insert(0, "title")
    for part, likely in (("section", 0.4), ("credit", 0.45), ("byline", 0.35), ("title", 0.3)):
        if chance.random() < likely:
            plan.insert(chance.randint(0, len(plan) - 1), part)
    if chance.random() < 0.6:
        plan.append("lead")
    return plan


def cut(text: str, chance: random.Random) -> str:
    """Cut a text off somewhere, as teasers do."""
    words = text.split()
    return " ".join(words[: max(8, int(len(words) * chance.uniform(0.4, 0.9)))]) + chance.choice(
        ["...", "…", " […]", "… Read more"]
    )


def unknown_words(sample: Sample, chance: random.Random) -> Sample:
    """Spell a page with other letters, so that neither cues nor function words are known any more."""
    how = chance.choice(["latin", "latin", "latin", "lower", "drop", *scripts.NAMES])
    if how == "lower":
        lines = [line._replace(text=line.text.lower()) for line in sample.lines]
    elif how == "drop":
        lines = [line._replace(text=_drop(line.text, chance)) for line in sample.lines]
    else:
        spell = scripts.speller(how, chance)
        lines = [line._replace(text=spell(line.text)) for line in sample.lines]
    return sample.altered(lines, sample.labels.tolist(), sample.kind + "-" + how)


def _drop(text: str, chance: random.Random) -> str:
    words = text.split()
    kept = [word for word in words if chance.random() > 0.25] if len(words) > 3 else words
    return " ".join(kept) or text


def other_layout(sample: Sample, chance: random.Random) -> Sample:
    """Change gaps, indents and markers, and glue some short lines to their neighbours."""
    lines, labels = list(sample.lines), sample.labels.tolist()
    how = chance.choice(["tight", "loose", "flat", "glue", "glue"])
    if how == "tight":
        lines = [line._replace(gap=0) for line in lines]
    elif how == "loose":
        lines = [line._replace(gap=max(1, line.gap)) for line in lines]
    elif how == "flat":
        lines = [line._replace(indent=0, bullet="") for line in lines]
    else:
        return _glue(sample, chance)
    return sample.altered(lines, labels, sample.kind + "-" + how)


def _glue(sample: Sample, chance: random.Random) -> Sample:
    lines: list[Line] = []
    kept: list[int] = []  # the places of those that begin a line
    for i, (line, label) in enumerate(zip(sample.lines, sample.labels.tolist(), strict=True)):
        short = len(line.text) < 30 and not label
        if lines and short and not sample.labels[kept[-1]] and len(lines[-1].text) < 30 and chance.random() < 0.3:
            lines[-1] = lines[-1]._replace(text=lines[-1].text + line.text)
        else:
            lines.append(line)
            kept.append(i)
    labels, foreign = sample.labels[kept].tolist(), sample.foreign[kept].tolist()
    return sample.altered(lines, labels, sample.kind + "-glue", foreign, np.array(sample.worth)[kept].tolist())
