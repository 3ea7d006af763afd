"""The head of the page: title, standfirst, section, date and byline, from the lines around the begin of the body.

Only the title is learnt; the others are rules that rather find nothing than something wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from winnow.read import words
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools, Floats, Ints
from winnow.read.plain.authors import find_author
from winnow.read.plain.bylines import byline, signature
from winnow.read.plain.days import find_day, is_day
from winnow.read.plain.lead import FURNITURE, keep_standfirst
from winnow.read.plain.letters import letter_in
from winnow.read.plain.mail import SUBJECT, head_of, headline_of
from winnow.read.plain.model import Model, is_english
from winnow.read.plain.place import Place, is_picture
from winnow.read.plain.sections import SECTIONS
from winnow.read.plain.title_features import body_start
from winnow.read.plain.title_text import clean_title
from winnow.read.words.beside import OTHER_DAY
from winnow.read.words.credits import LONGEST, is_count, is_credit
from winnow.read.words.dates import find_dates
from winnow.read.words.locale import Locale
from winnow.text import tokens

MIN_TITLE = 0.06  # probability below which no line is called the title
MARKED = 0.01  # the same where it is the only line that is marked as a heading of the first level
UNLIKELY = 0.01  # probability of a title that is the likeliest line above the body by far
CLEARLY = 1.5  # times the probability of all others
LONGEST_TITLE = 40  # words
NAME = 5  # words of a site's name, at most
TOP = 4  # lines of a page among which that stands
BELOW_SITE = 0.4  # of the chance of a site's name to be the title, from which a line below it is it
SITE = 2  # words of such a line that may be the site's name, at most
# A capture's first line is the title, not its second, where it has so much of its chance to be, and the second so much
# probability to be part of the article: in English, and in other languages.
HEADS = ((0.5, 0.3), (0.1, 0.05))
LEAD, TWO = 3, 2  # words before a day of publication, at most; days of a line that is no title
CREDIT = 6  # words of a byline that is no title, at most
STANDFIRST = (6, 60)  # words
CREDITS = 8  # lines below the title that may name the author and days
_CAPTION = re.compile(
    r"\b(?:photo|close-?up)\b|\b(?:wom[ae]n|couples?|groups?|famil(?:y|ies)|\w+ers)\b.*\s\w{2,}ing\b"
    r"|^(?:by|posted|last updated|learn)\b",
    re.I,
)
_PAGE_FIRST = re.compile(r"[A-Z]\d{1,2}\b|\d{1,3}\s*[|·—–]\s")  # the number of a printed page before its paper
_PAGE_LAST = re.compile(r"(?:\s?[^\W\d_]{1,2}\.)?\W*\s[A-Z]?\d{1,3}")  # and behind its day
_CRUMB = re.compile(" [>›»/→] ")  # between the parts of a trail
TRAIL = 12  # lines between a trail and the headline that ends it, at most
_CLAUSE = re.compile("[,;，、；،؛]$")  # no headline ends so
_DISCLOSURE = re.compile(r"\bcommissions?\b|\baffiliates?\b", re.I)
_NO_STANDFIRST = ("appeal", "action", "nav", "credit", "author")


@dataclass(frozen=True, slots=True)
class Head:
    """What was found, and which lines it stands in."""

    title: str | None
    standfirst: str | None
    section: str | None
    date: str | None
    byline: str | None
    used: frozenset[int]  # lines that are the title; the standfirst is part of the text, as in HTML
    at: int | None  # the line of the title that was chosen

    def drop_head(self, _: Judged, chosen: Bools) -> Bools:
        """Leave out the lines of the title, which has a column of its own."""
        return without(chosen, [*self.used])

    def untitled(self) -> Head:
        """Return the head without a title."""
        return replace(self, title=None, standfirst=None, used=frozenset(), at=None)

    def keep_standfirst(self, judged: Judged, chosen: Bools) -> Bools:
        """Keep the line below the title that may be the standfirst."""
        return keep_standfirst(judged, chosen, self.at)

    def drop_credits(self, judged: Judged, chosen: Bools) -> Bools:
        """Leave out the lines below the title that name author or day and nothing else, down to the second sentence.

        In English the model knows them.
        """
        if self.at is None or is_english(judged.page):
            return chosen
        below = slice(self.at + 1, self.at + 1 + CREDITS)
        is_sentence = (judged.page.words[below] >= PROSE) & (judged.columns["terminal"][below] > 0)
        may_be = chosen[below] & (np.cumsum(is_sentence) < 2) & (judged.page.words[below] <= LONGEST)
        at = (np.flatnonzero(may_be) + below.start).tolist()
        return without(chosen, [i for i in at if _is_credit(judged.page.lines[i].text, self.byline)])


def read_head(model: Model, judged: Judged, body: Bools, alone: Judged | None = None) -> Head:
    """Find the head of a page, given the lines chosen as its body.

    `alone` is the page as the model alone judges it, which tells the title where another judgement tells none.
    """
    lines = [line.text for line in judged.page.lines]
    at = np.nonzero(body)[0]
    first = int(at[0]) if len(at) else len(lines)
    mail = head_of(lines)
    title = _title(model, judged) if mail is None else headline_of(lines, *mail)
    if title is None and mail is None and alone is not None:
        title = _title(model, alone)
    if title is None and mail is None and len(at):
        title = _likeliest(model, judged, int(at[0]))
    title = _end_of_trail(lines, title)
    letter = letter_in(lines)
    if letter is not None and title in letter:
        title = None  # it is the salutation
    if title is not None and len(at):
        later = at[at > title]
        if len(later) > 1 and later[0] == title + 1 and later[1] > title + 2:
            later = later[1:]  # one line, then others: the byline and the date may well stand below a standfirst
        first = int(later[0]) if len(later) else first
    used = _of_mail(judged, mail[0], title) if mail else set[int]()
    if title is not None:
        used |= {i for i in range(min(first + 1, len(lines))) if lines[i] == lines[title]}
    standfirst = _standfirst(judged, body, title)
    if standfirst is not None:
        later = at[at > standfirst]
        first = int(later[0]) if len(later) else first
    place = Place(title, first, int(at[-1]) if len(at) else len(lines) - 1)
    locale = Locale(text=lambda: "\n".join(lines[i] for i in at))
    return Head(
        title=_written_title(lines, title, mail is not None),
        standfirst=lines[standfirst] if standfirst is not None else None,
        section=_section(judged, title, first),
        date=find_day(lines, place, locale),
        byline=find_author(lines, place, locale),
        used=frozenset(used),
        at=title,
    )


def _of_mail(judged: Judged, head: range, title: int | None) -> set[int]:
    """Return the lines of a mail's head, and the short ones that stand between it and the headline, as menus do."""
    between = range(head.stop, title or head.stop)
    return {*head, *(i for i in between if judged.page.words[i] < PROSE)}


def _is_credit(text: str, author: str | None) -> bool:
    """Return whether a line names the author or days and nothing else; no day of an event."""
    names = frozenset(tokens(author or ""))
    if not any(map(str.isdigit, text)) and not any(name in text.lower() for name in names):
        return False
    if is_count(text):
        return True
    if is_day(text):
        return not OTHER_DAY.search(text)
    return is_credit(text, names) or (author is not None and signature(text) == author)


def _written_title(lines: list[str], title: int | None, is_mail: bool) -> str | None:
    if title is None:
        return None
    return clean_title(SUBJECT.sub("", lines[title]) if is_mail else lines[title], lines)


def _title(model: Model, judged: Judged) -> int | None:
    start = body_start(judged.page, judged.probability)
    at, chance = model.title_chances(judged, start)
    marked = [k for k, line in enumerate(at.tolist()) if judged.page.lines[line].level == 1]
    if len(marked) == 1 and chance[marked[0]] >= MARKED and judged.page.words[at[marked[0]]] > SITE:
        return int(at[marked[0]])
    best = _best(judged, at, chance)
    if len(marked) == 1 and at[marked[0]] == 0 and (best is None or not judged.page.lines[at[best]].level):
        return 0  # the only heading of the first level, and all that may be the title is no heading
    if best is None:
        return None
    may_lead = at[best] == 1 and at[0] == 0 and _may_be_title(judged.page.lines[0].text)
    return 0 if may_lead and _leads(judged, float(chance[0] / chance[best])) else int(at[best])


def _best(judged: Judged, at: Ints, chance: Floats) -> int | None:
    """Return the number of the candidate that is likeliest the title; that of one below where it is the site's name."""
    ranked = [k for k in np.argsort(-chance, kind="stable").tolist() if chance[k] >= MIN_TITLE]
    ranked = [k for k in ranked if not _goes_on(judged, int(at[k]))]
    texts = {k: judged.page.lines[at[k]].text for k in ranked}
    best: int | None = next((k for k in ranked if _may_be_title(texts[k])), None)
    if best is None:
        best = next((k for k in ranked if not is_day(texts[k]) and not _is_stamp(texts[k])), None)
    if best is None or not _names_site(judged, int(at[best])):
        return best
    below = (k for k in ranked if at[k] > at[best] and chance[k] >= BELOW_SITE * chance[best])
    return next((k for k in below if texts[best] not in texts[k]), best)


def _end_of_trail(lines: list[str], title: int | None) -> int | None:
    """Return the line close below that says the last crumb of a trail once more, else the line itself."""
    if title is None:
        return None
    crumbs = _CRUMB.split(lines[title])
    below = range(title + 1, min(title + 1 + TRAIL, len(lines)))
    if len(crumbs) > 1:
        return next((i for i in below if lines[i] == crumbs[-1]), title)
    return next((i for i in below if _is_between(lines[i], lines[title])), title)


def _is_between(text: str, bar: str) -> bool:
    """Return whether a line is most of a bar above it, in which words stand on both sides: the site, the way back."""
    before, _, after = bar.partition(text)
    return len(bar) < 2 * len(text) and before[-1:].strip() == "" != before and after[:1] == " "


def _may_be_title(text: str) -> bool:
    """Return whether a line may be the title: no day, no byline and nothing but what pictures show."""
    is_named = len(text.split()) <= CREDIT and byline(text) is not None
    return not (is_day(text) or is_picture(text) or is_named or _is_stamp(text) or _is_running_head(text))


def _is_stamp(text: str) -> bool:
    """Return whether a line begins with the day of publication and that of a change, and what says so, in any order."""
    days = find_dates(text)
    if len(days) < TWO or len(text[: days[0].begin].split()) > LEAD:
        return False
    before = (text[: days[0].begin], text[days[0].end : days[1].begin])
    return all(words.said("published", said) or words.said("updated", said) for said in before)


def _is_running_head(text: str) -> bool:
    """Return whether a line is the head of a printed page: the paper's name, the day and the number of the page."""
    days = find_dates(text) if _PAGE_FIRST.match(text) or text[-1].isdigit() else []
    if len(days) != 1:
        return False
    paper, behind = text[: days[0].begin], text[days[0].end :]
    is_numbered = _PAGE_FIRST.match(paper) or _PAGE_LAST.fullmatch(behind)
    return bool(is_numbered) and len(f"{paper} {behind}".split()) <= NAME + 2


def _names_site(judged: Judged, i: int) -> bool:
    """Return whether a line is the site's name: short, at the top, and once more a line of the page's second half."""
    lines, text = judged.page.lines, judged.page.lines[i].text
    is_short = judged.page.words[i] <= NAME and i < min(TOP, len(lines) // 2)
    return bool(is_short and any(line.text == text for line in lines[len(lines) // 2 :]))


def _goes_on(judged: Judged, i: int) -> bool:
    """Return whether a line is no title but a paragraph: it is too long, or its sentence goes on below it."""
    return bool(judged.page.words[i] > LONGEST_TITLE or _CLAUSE.search(judged.page.lines[i].text))


def _likeliest(model: Model, judged: Judged, first: int) -> int | None:
    """Return the line above the body that is by far the likeliest to be the title, unlikely as it is; else None.

    The model knows few languages' titles. It has learnt English ones.
    """
    at, chance = model.title_chances(judged, body_start(judged.page, judged.probability))
    if not len(at) or is_english(judged.page):
        return None
    best = int(at[chance.argmax()])
    said = [tokens(judged.page.lines[i].text) for i in at.tolist()]
    others = chance[[words != said[int(chance.argmax())] for words in said]].max(initial=0.0)
    is_clear = chance.max() >= max(UNLIKELY, CLEARLY * others) and best < first and judged.page.words[best] > SITE
    is_furniture = judged.page.cues[FURNITURE, best].any() or judged.page.lines[best].text[0] in "(["
    is_sentence = judged.columns["terminal"][best] or judged.columns["numbered"][best] or _goes_on(judged, best)
    is_none = is_furniture or is_sentence or _is_stamp(judged.page.lines[best].text)
    return best if is_clear and not is_none else None


def _leads(judged: Judged, chance: float) -> bool:
    """Return whether the second line may be the standfirst below the first: likely article, and in other words.

    `chance` is that of the first line to be the title, over that of the second.
    """
    least, likely = HEADS[not is_english(judged.page)]
    first, second = (set(tokens(line.text)) for line in judged.page.lines[:2])
    is_led = chance >= least and judged.probability[1] >= likely and not _alike(first, second)
    return is_led and not _names_site(judged, 0)


def _standfirst(judged: Judged, body: Bools, title: int | None) -> int | None:
    """Find the line right after the title that sums the article up.

    It is a sentence about the body's subject, and something else than body follows it or it has no full stop.
    """
    page, columns = judged.page, judged.columns
    if title is None or title + 2 >= len(page):
        return None
    i = title + 1
    low, high = STANDFIRST
    cues = sum(float(page.cues[GROUPS.index(name), i]) for name in _NO_STANDFIRST)
    if not low <= page.words[i] <= high or cues > 1 or columns["date_line"][i] or columns["bars"][i] > 1:
        return None
    if columns["repeats"][i] > 0 or columns["credit_line"][i] or columns["marker"][i] or columns["ends_colon"][i]:
        return None
    if columns["core"][i] < 0.25 or columns["capitals"][i] > 0.75 or not body[i + 1 :].any():
        return None
    text = page.lines[i].text
    if find_dates(text) or byline(text) or _no_standfirst(text, page.lines[title].text):
        return None
    set_off = not body[i + 1]
    one_sentence = columns["sentences"][i] <= 2
    return i if one_sentence and (set_off or not columns["terminal"][i]) and page.lines[i].bullet == "" else None


def _no_standfirst(text: str, title: str) -> bool:
    """Tell captions, alternative texts, crumb trails and disclosures from a standfirst.

    A caption is mostly words of the title again, or has no full stop and is about people in a picture.
    """
    told, titled = set(tokens(text)), set(tokens(title))
    if _DISCLOSURE.search(text) or tokens(title) == tokens(text)[-len(tokens(title)) :]:
        return True
    if text.rstrip("\"'”’)")[-1:] in ".!?…":
        return False
    return text[:1].islower() or bool(_CAPTION.search(text)) or _alike(told, titled)


def _alike(told: set[str], titled: set[str]) -> bool:
    """Return whether half of the words of one line stand in the other."""
    return len(told & titled) >= 0.5 * min(len(told), len(titled))


def _section(judged: Judged, title: int | None, first: int) -> str | None:
    """Find a line beside the title that is the name of a section, alone."""
    if title is None:
        return None
    page = judged.page
    places = [*range(title + 1, min(first, title + 5))]
    # Above the title only when it stands apart: the last entry of a menu is no section of this article.
    if title and page.lines[title - 1].gap and page.lines[title].gap:
        places.append(title - 1)
    for i in places:
        line = page.lines[i]
        name: str = line.text.strip(" :|/›»>#")
        if name.lower() in SECTIONS and not line.bullet and line.text[:1].isupper():
            return name
    return None
