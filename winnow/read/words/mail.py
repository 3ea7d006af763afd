"""The rows of the head of a mail, which programs show above it: `From: Ada Lund`, `Subject: Lamps on the mole`."""

from __future__ import annotations

import re

from winnow.read import words

FIELD = re.compile(r"([^\W\d_][\w-]*(?: [\w-]+){0,2})\s*[:：]\s*(.*)")  # a label and what stands behind it
SENDER = re.compile(words.pattern("sender"), re.IGNORECASE)  # labels
SUBJECT = re.compile(words.pattern("subject"), re.IGNORECASE)
AROUND = " \"'“”(),<>"  # signs around a name beside an address
