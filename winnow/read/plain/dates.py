"""Dates in lines of text: read in the forms that name one day, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = """
january januar janvier enero gennaio januari janeiro stycznia января jan ene gen sty янв
february februar février fevrier febrero febbraio februari fevereiro lutego февраля feb févr fev lut фев
march märz mars marzo maart março marca марта mar mrz maa мар
april avril abril aprile kwietnia апреля apr avr abr kwi апр
may mai mayo maggio mei maio maja мая mag maj май
june juni juin junio giugno junho czerwca июня jun giu cze июн
july juli juillet julio luglio julho lipca июля jul juil lug lip июл
august août aout agosto augustus sierpnia августа aug ago sie авг
september septembre septiembre settembre setembro września сентября sep sept set wrz сен
october oktober octobre octubre ottobre outubro października октября oct okt ott out paź окт
november novembre noviembre novembro listopada ноября nov lis ноя
december dezember décembre decembre diciembre dicembre dezembro grudnia декабря dec dez dic déc gru дек
"""
MONTHS = {name: number for number, row in enumerate(_MONTHS.strip().split("\n"), 1) for name in row.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?<![\d/.-])(?P<year>(?:19|20)\d\d)([-/.])(?P<number>[01]?\d)\2{_DAY}(?![./-]?\d)",
        rf"\b{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?\s*,?\s*(?:at\s+)?{_YEAR}",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:of\s+|de\s+|d')?{_MONTH}[\s-]*,?\s*(?:de\s+|del\s+)?{_YEAR}",
        rf"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<number>[01]?\d)\s*月\s*{_DAY}\s*日",
        rf"(?<![\d.]){_DAY}\.\s?(?P<number>[01]?\d)\.\s?{_YEAR}",
    )
)
# Day and month in unknown order: only read when one of them cannot be a month.
_SLASHED = re.compile(rf"(?<![\d/.-])(?P<first>[0-3]?\d)[/-](?P<second>[0-3]?\d)[/-]{_YEAR}")
_FIRST_YEAR = 1990


class Found(NamedTuple):
    """A date and where in the line it stands."""

    begin: int
    end: int
    day: date


def find_dates(text: str) -> list[Found]:
    """Find the days that a line names, in order; impossible and ambiguous ones are left out."""
    found: list[Found] = []
    for hit in (hit for form in (*_FORMS, _SLASHED) for hit in form.finditer(text)):
        for day in _days(hit.groupdict()):
            if not any(hit.start() < other.end and other.begin < hit.end() for other in found):
                found.append(Found(hit.start(), hit.end(), day))
    return sorted(found)


def _days(parts: dict[str, str | None]) -> Iterator[date]:
    year = int(parts["year"] or 0)
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if first <= 12 and second <= 12 and first != second:
            return
        month, day = (first, second) if first <= 12 else (second, first)
    else:
        name = parts.get("month")
        month = MONTHS[name.lower()] if name else int(parts.get("number") or 0)
        day = int(parts["day"] or 0)
    try:
        result = date(year, month, day)
    except ValueError:
        return
    if result.year >= _FIRST_YEAR:
        yield result
