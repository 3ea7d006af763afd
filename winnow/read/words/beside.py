"""The words that stand beside names and days in lines that say who wrote an article and when, or say another day."""

from __future__ import annotations

import re

from winnow.read import words
from winnow.text import tokens

# Beginnings of words and letters that stand for a weekday say too little.
_KINDS = ("by", "author", "text", "published", "updated", "written", "on", "of", "year", "day", "and", "beside")
_SAID = [word for kind in _KINDS for word in words.of(kind) if not word.endswith("*")]
_DAYS = [
    form
    for code in words.languages()
    for forms in words.weekdays(code)
    for form in forms
    if len(form) > 2 and len(tokens(form)) == 1
]
BESIDE = frozenset(token for word in (*_SAID, *_DAYS) for token in tokens(word))
# What is said of other days than that of publication; rules, which only English pages have taught.
OTHER_DAY = re.compile(
    r"©|deadline|\bas of\b|starts?\b|begins?|join|member|since|released?\b|preprint"
    r"|\b(?:termin|seit|mitglied|registriert)\b|\bin this$"
    r"|\b(?:born|geb(?:oren|\.)|née?|nacid[oa]|nascid[oa]|nat[oa] il|urodzon[ya]|född|født)(?!\w)|родил|出生|生年月日"
    r"|\b(?:until|(?:verfüg|abruf)bar bis|gültig bis|jusqu.au|hasta el|disponible hasta|fino al|disponível até|t/m)\b",
    re.IGNORECASE,
)
