"""What a site's robots.txt allows a crawler, by the status of the answer and by its text (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from protego import Protego

from winnow.formats import begins_as_html

MAX_BYTES = 500 << 10  # of a robots.txt that are read
_WAIT = (408, 425, 429)  # client errors that say "later", not "there is none"
_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE = re.compile(
    r"(?P<agent>user[ -]?agent)|(?P<map>site-?maps?)"
    r"|(?P<rule>(?:dis?s?al?low|diasllow|disallaw|allow|crawl[ -]delay|request[ -]rate))",
    re.I,
)
_END = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")  # where `splitlines` ends a line
_EVERYTHING = Protego.parse("")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site for one crawler.

    `waits` says that nothing may be asked before robots.txt has been read; `why` tells a person what became of it.
    `crawl_delay` is in seconds; None where the site asks for none. `sitemaps` are as written, also relative ones.
    """

    waits: bool
    why: str
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    agent: str = ""
    _rules: Protego = field(default=_EVERYTHING, repr=False, compare=False)

    @classmethod
    def read(cls, status: int | None, body: bytes, agent: str) -> Robots:
        """Return the rules that an answer gives; `status` is None where none came: a time-out, a broken connection.

        `agent` is the crawler's name or its whole User-Agent header, of which the first word counts.
        """
        if status is None:
            return cls(True, "no answer: the site waits")
        if status >= 500 or status in _WAIT or status < 200:
            return cls(True, f"status {status}: the site waits")
        if status >= 300:
            return cls(False, f"status {status}: all is allowed")
        text = _text(body)
        if begins_as_html(text[:4096].lstrip().encode()):
            return cls(False, "HTML instead of a robots.txt: all is allowed")
        return cls._obeyed(text, len(body), agent)

    @classmethod
    def _obeyed(cls, text: str, size: int, agent: str) -> Robots:
        token = _TOKEN.match(agent.strip())
        name = token[0].lower() if token else ""
        rules = Protego.parse("\n".join(_for(name, _END.split(text))))
        rate = rules.request_rate(name)
        pauses = [rules.crawl_delay(name), rate.seconds / rate.requests if rate and rate.requests else None]
        delay = max((pause for pause in pauses if pause is not None), default=None)
        why = f"{size} bytes" + (f", of which the first {MAX_BYTES} count" if size > MAX_BYTES else "")
        return cls(False, why, delay, tuple(dict.fromkeys(rules.sitemaps)), name, rules)

    def allows(self, url: str) -> bool:
        """Return whether the crawler may ask for an address now."""
        try:
            return not self.waits and self._rules.can_fetch(url, self.agent)
        except ValueError:
            return False  # an address that is broken


def _text(body: bytes) -> str:
    """Return what counts of a robots.txt, whole lines; a mark at its beginning says in which encoding."""
    encoding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = body[:MAX_BYTES].decode(encoding, "replace").replace("\0", "")
    return text[: text.rfind("\n") + 1] if len(body) > MAX_BYTES else text


def _for(name: str, lines: list[str]) -> Iterator[str]:
    """Yield the lines that concern one crawler: those of groups that name it or all, and sitemaps.

    Protego takes the rules of any crawler whose name begins like this one, and thousands of names above thousands of
    rules would keep it busy for a minute.
    """
    is_open, is_ours = False, False  # whether names still follow each other, and one of them is ours
    for line in lines:
        found = _LINE.match(line := line.strip())
        if found is None:
            continue
        if found["map"]:
            yield line
        elif found["rule"]:
            is_open = False
            if is_ours:
                yield line
        else:
            is_ours, is_open = is_ours and is_open, True
            said = line[found.end() :].lstrip(" \t:").partition("#")[0].strip().lower()
            token = _TOKEN.match(said)
            if said.startswith("*") or (token and token[0] == name):
                yield f"User-agent: {'*' if said.startswith('*') else name}"
                is_ours = True
