# ruff: noqa: E501
"""Labelled pages for the duplicates benchmark: articles, what becomes of them on the web, and what only looks alike.

Every page has the furniture of its site around the article: teasers of other articles, appeals, credits, footers.
`cluster` names the article that a page carries. An excerpt carries its article too, but is scored apart.
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from itertools import takewhile

from lab.benchmarks.duplicates_tongues import ENGLISH, Tongue
from lab.benchmarks.duplicates_voices import TEMPLATES, VOICES, Voice, notice

COPIES = ("original", "recapture", "syndication", "revision", "rewrap", "noise", "live")
OTHERS = ("template", "quote", "statement", "series", "digest", "family")


@dataclass(frozen=True)
class Labelled:
    """A page: its lines, each marked as the article's or not, and what is true of the page."""

    cluster: str
    relation: str
    detail: str
    lines: tuple[tuple[str, bool], ...] = field(repr=False)

    def text(self, leftover: float, chance: random.Random) -> str:
        """Return the article with a share of the furniture left in, as an extractor may leave it."""
        return "\n\n".join(line for line, is_article in self.lines if is_article or chance.random() < leftover)

    def html(self) -> str:
        """Return the page as HTML, from which the article must be extracted first."""
        parts, inside = [], False
        for line, is_article in self.lines:
            if is_article != inside:
                parts.append("<article>" if is_article else "</article>")
                inside = is_article
            parts.append(f"<p>{escape(line)}</p>" if is_article or len(line) > 60 else f"<div>{escape(line)}</div>")
        title = next(line for line, is_article in self.lines if is_article)
        head = f"<meta charset=utf-8><title>{escape(title[:90])}</title>"
        return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}{'</article>' if inside else ''}</body></html>"


@dataclass(frozen=True)
class Story:
    """An article as it was first published."""

    name: str
    voice: Voice
    title: str
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        return [self.title, *self.paragraphs]


class Site:
    """The furniture of one site: what stands on all its pages, and what is drawn from a stock for each page."""

    def __init__(self, chance: random.Random, tongue: Tongue) -> None:
        voice = Voice(chance.choice(("council", "business", "culture")), chance, tongue)
        name = f"The {voice.places[0]} {chance.choice(['Post', 'Echo', 'Standard', 'Mirror', 'Observer'])}"
        self._say = voice.say
        self._menu = [voice.line("{N}").capitalize() for _ in range(chance.randint(4, 9))]
        self._appeals = [voice.say(voice.fill(pattern).replace("SITE", name)) for pattern in _APPEALS]
        self._credits = [voice.line(f"{person} writes for {name} about {{PL}} and {{PL}}.") for person in voice.people]
        self._footer = [voice.line(f"© {name}. {{S}}"), voice.line("{S} Printed in {PLACE}, {PLACE} and {PLACE}.")]

    def dress(self, body: list[str], stock: list[Story], chance: random.Random) -> tuple[tuple[str, bool], ...]:
        """Return an article's lines with furniture before, among and after them; teasers are drawn from `stock`."""
        lines = [(entry, True) for entry in body]
        if len(lines) > 5 and chance.random() < 0.5:
            place = chance.randint(3, len(lines) - 2)
            lines[place:place] = [(line, False) for line in self._teaser(chance.choice(stock), chance)]
        before = [*self._menu, self._say(chance.choice(["Share", "Listen to this", "Save for later"]))]
        after = [chance.choice(self._credits), *chance.sample(self._appeals, chance.randint(1, 2))]
        for story in chance.sample(stock, min(len(stock), chance.randint(2, 5))):
            after += self._teaser(story, chance)
        return (*((line, False) for line in before), *lines, *((line, False) for line in [*after, *self._footer]))

    def _teaser(self, story: Story, chance: random.Random) -> list[str]:
        return chance.choice([[story.title], [story.title, story.paragraphs[0]], [self._say("Read next"), story.title]])


_APPEALS = (
    "SITE belongs to its readers. {NUM} of you keep our {N} desk going, and {NUM} more would pay for a second {WORKER}. Join before {DAY}.",
    "Every {DAY} morning we send a letter about {PL} and {PL}. It costs nothing. Give us your address and we will see you then.",
    "You have read {NUM} of our articles since {MONTH}. If {ADJ} reporting from {PLACE} matters to you, become a member of SITE today.",
    "Do you know more about {PL} in {PLACE}? Our {WORKER} reads every message and will never give away your name.",
)


class Maker:
    """Make labelled pages; the same seed and size give the same pages."""

    def __init__(self, seed: int, articles: int, tongue: Tongue | None = None) -> None:
        self._chance, self._tongue, self._is_mixed = random.Random(seed), tongue or ENGLISH, tongue is None
        self._sites = [Site(self._chance, self._tongue) for _ in range(max(3, articles // 12))]
        self._stories = [self._story(f"a{number}") for number in range(articles)]
        self._stock = [self._story(f"t{number}") for number in range(60)]
        self._made: list[Labelled] = []

    def pages(self) -> list[Labelled]:
        """Return all pages, in the order of capture: a copy is as likely to come first as the original."""
        for story in self._stories:
            self._copies(story)
        for make in (self._templates, self._quotes, self._statements, self._series, self._digests, self._families):
            make()
        self._chance.shuffle(self._made)
        return self._made

    def _voice(self) -> Voice:
        others = 2 if self._is_mixed else 0
        weights = [others if name in ("german", "ideographs") else 5 for name in VOICES]
        return Voice(self._chance.choices(VOICES, weights)[0], self._chance, self._tongue)

    def _story(self, name: str, paragraphs: int | None = None, voice: Voice | None = None) -> Story:
        voice = voice or self._voice()
        count = paragraphs or min(40, max(4, round(self._chance.lognormvariate(2.3, 0.5))))
        return Story(name, voice, voice.title(), tuple(voice.paragraph() for _ in range(count)))

    def _add(self, cluster: str, relation: str, body: list[str], detail: str = "", site: Site | None = None) -> None:
        site = site or self._chance.choice(self._sites)
        self._made.append(Labelled(cluster, relation, detail, site.dress(body, self._stock, self._chance)))

    def _copies(self, story: Story) -> None:
        chance, home, lines = self._chance, self._chance.choice(self._sites), story.lines
        self._add(story.name, "original", lines, site=home)
        for _ in range(chance.choice([0, 0, 1, 1, 2, 4])):
            self._add(story.name, "recapture", lines, site=home)
        for _ in range(chance.choice([0, 0, 1, 2])):
            self._add(story.name, "syndication", self._syndicated(story))
        if chance.random() < 0.4:
            kind = chance.choice(["light", "moderate", "heavy"])
            self._add(story.name, "revision", self._revised(story, kind), kind, home)
        if chance.random() < 0.4:
            kind = chance.choice(list(_WRAPS))
            self._add(story.name, "rewrap", _WRAPS[kind](lines), kind, home)
        if chance.random() < 0.4:
            kind = chance.choice(list(_NOISES))
            self._add(story.name, "noise", [_NOISES[kind](line) for line in lines], kind, home)
        if chance.random() < 0.1:
            for share in (0.5, 0.75):
                self._add(story.name, "live", lines[: max(4, round(len(lines) * share))], f"{share:.0%}", home)
        if chance.random() < 0.4 and len(lines) > 7:
            kept = chance.randint(2, 4)
            plea = story.voice.say("To read on, become a member or log in. The first month is free.")
            self._add(story.name, "excerpt", [*lines[:kept], plea], f"{kept - 1} of {len(lines) - 1}", home)

    def _syndicated(self, story: Story) -> list[str]:
        chance, lines = self._chance, story.lines
        cut = chance.choice([0, 0, 1, 2, len(lines) // 3]) if len(lines) > 6 else 0
        writer = chance.choice(["our partners", "the news service", "a correspondent"])
        credit = story.voice.say(f"By {writer} in {story.voice.places[0]}")
        title = chance.choice([lines[0], story.voice.title()])
        return [title, credit, *lines[1 : len(lines) - cut]]

    def _revised(self, story: Story, kind: str) -> list[str]:
        chance, voice = self._chance, story.voice
        share = {"light": 0.1, "moderate": 0.25, "heavy": 0.4}[kind]
        lines = [story.title]
        for paragraph in story.paragraphs:
            if chance.random() > share:
                lines.append(paragraph)
            elif (how := chance.choice(["drop", "rewrite", "sentence", "add"])) == "rewrite":
                lines.append(voice.paragraph())
            elif how == "sentence":
                first, *rest = re.split(r"(?<=[.。।။។])\s*", paragraph)
                lines.append(" ".join([voice.sentence(), *rest]) if rest else f"{first} {voice.sentence()}")
            elif how == "add":
                lines += [paragraph, voice.paragraph()]
        return lines if len(lines) > len(story.paragraphs) // 2 else story.lines

    # What only looks alike

    def _templates(self) -> None:
        for kind in TEMPLATES:
            for number in range(8):
                body = notice(kind, Voice("council", self._chance, self._tongue), self._chance)
                self._add(f"{kind}{number}", "template", body, kind, self._sites[len(kind) % len(self._sites)])

    def _quotes(self) -> None:
        """Let an article quote two to four paragraphs of another."""
        for story in self._chance.sample(self._stories, len(self._stories) // 8):
            other = self._story("", voice=story.voice)
            start = self._chance.randrange(len(story.paragraphs) - 2)
            quoted = story.paragraphs[start : start + self._chance.randint(2, 4)]
            # The quoting article has at least as much to say of its own.
            own = [*other.paragraphs, *(story.voice.paragraph() for _ in quoted)]
            place = self._chance.randint(1, len(own))
            self._add(f"q-{story.name}", "quote", [other.title, *own[:place], *quoted, *own[place:]])

    def _statements(self) -> None:
        """Let two articles carry the same statement, each with more words of its own."""
        for number in range(len(self._stories) // 12):
            voice = self._voice()
            statement = [voice.paragraph() for _ in range(3)]
            for part in "ab":
                own = self._story("", self._chance.randint(5, 9), voice)
                self._add(
                    f"s{number}{part}", "statement", [own.title, *own.paragraphs[:2], *statement, *own.paragraphs[2:]]
                )

    def _series(self) -> None:
        """Make parts of a series, which begin and end with the same standing text."""
        for number in range(len(self._stories) // 12):
            voice, site = self._voice(), self._chance.choice(self._sites)
            opening, ending = voice.paragraph(), voice.paragraph()
            for part in range(3):
                own = self._story("", self._chance.randint(4, 9), voice)
                self._add(f"p{number}.{part}", "series", [own.title, opening, *own.paragraphs, ending], site=site)

    def _digests(self) -> None:
        """Make pages that give the beginnings of several articles."""
        for number in range(len(self._stories) // 15):
            chosen = self._chance.sample(self._stories, 5)
            self._add(
                f"d{number}",
                "digest",
                [self._tongue.say("The week in five stories"), *(line for story in chosen for line in story.lines[:2])],
            )

    def _families(self) -> None:
        """Make short articles on one site, whose furniture outweighs them."""
        for number in range(len(self._stories) // 4):
            story = self._story(f"f{number}", self._chance.randint(2, 4))
            self._add(story.name, "family", story.lines, site=self._sites[0])


def _merged(lines: list[str]) -> list[str]:
    return [lines[0], *(" ".join(lines[place : place + 3]) for place in range(1, len(lines), 3))]


def _split(lines: list[str]) -> list[str]:
    return [part for line in lines for part in re.split(r"(?<=[.。।။។])\s*", line) if part]


def _wrapped(lines: list[str]) -> list[str]:
    parts = "\n".join(part for line in lines for part in textwrap.wrap(line, 66))
    return re.sub(r"\n([^\w\s]+)", _at_line_end, parts).split("\n")


def _at_line_end(signs: re.Match[str]) -> str:
    """Return marks behind the letter that they belong to; no line begins with one."""
    marks = "".join(takewhile(lambda sign: unicodedata.category(sign).startswith("M"), signs[1]))
    return f"{marks}\n{signs[1][len(marks) :]}"


_WRAPS: dict[str, Callable[[list[str]], list[str]]] = {"merged": _merged, "split": _split, "wrapped": _wrapped}
_NOISES: dict[str, Callable[[str], str]] = {
    "mojibake": lambda line: line.encode().decode("cp1252", "replace"),
    "straight": lambda line: line.translate(str.maketrans("“”„’–", '"""\'-')),
    "decomposed": lambda line: unicodedata.normalize("NFD", line),
    "spaces": lambda line: line.replace(" ", "\u00a0", 3).replace(". ", ".  "),
    "capitals": str.upper,
    "softhyphens": lambda line: re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", line),
    "ligatures": lambda line: line.replace("fi", "ﬁ").replace("fl", "ﬂ"),
    "lost": lambda line: line.encode("ascii", "replace").decode(),
    "hyphenated": lambda line: re.sub(r"(\w{5})(\w{5})", "\\1-\n\\2", line, count=2),
}


def make_pages(seed: int, articles: int, tongue: Tongue | None = None) -> list[Labelled]:
    """Return labelled pages of so many articles, about five pages each; without a tongue in all `VOICES`."""
    return Maker(seed, articles, tongue).pages()
