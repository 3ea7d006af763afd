"""The opening of a text: lines before the first sentence that only repeat what has a column of its own."""

from __future__ import annotations

import re

from winnow.read.plain.dates import find_dates
from winnow.text import tokens

MOST = 4  # lines: title, author, day of publication, day of a change
LONGEST = 16  # of a line that names authors and days and nothing else
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b")
_WORDS = """
by written words text story author and published posted updated last on at edited first date time am pm utc gmt est edt
cet cest bst uhr um von autor autorin und veröffentlicht aktualisiert zuletzt stand am par et publié mis à jour le por y
publicado actualizado el di e pubblicato aggiornato il da door en gepubliceerd bijgewerkt op przez i opublikowano
zaktualizowano автор и опубликовано обновлено
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье
"""
# What stands beside names and days there, in the languages whose months are known.
AROUND = frozenset(_WORDS.split())


def without_head(text: str, title: str | None, author: str | None) -> str:
    """Drop leading lines that are the title, or that name the author or days and nothing else.

    The author is told by the name that was found: a bare name may be the first word of an interview.
    """
    names = frozenset(tokens(author or ""))
    for _ in range(MOST):
        first, _, rest = text.partition("\n\n")
        if not _is_title(first, title) and not (rest and _is_credit(first, names)):
            break
        text = rest
    return text


def _is_title(line: str, title: str | None) -> bool:
    return bool(title) and tokens(line) == tokens(title or "")


def _is_credit(line: str, names: frozenset[str]) -> bool:
    if len(line) > 20 * LONGEST or len(line.split()) > LONGEST:
        return False
    days = find_dates(line)
    for day in reversed(days):
        line = line[: day.begin] + " " + line[day.end :]
    left = set(tokens(_TIME.sub(" ", line)))
    return (bool(days) or (bool(names) and names <= left)) and left <= names | AROUND
