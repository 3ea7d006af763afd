"""The names of news agencies, which bylines have beside those of people."""

from __future__ import annotations

from winnow.read.metadata.values import word_set

AGENCIES = word_set(
    """afp agerpres ani ansa antara anp ap apa ats belga bernama bns čtk ctk ddp dpa efe elta epd hina ians jiji kna
    kyodo leta lusa mti ntb pap pti reuters ria ritzau sda sid sta stt tanjug tasr tass telam télam tt upi xinhua
    yonhap"""
)
_LONG = (["associated", "press"], ["agence", "france-presse"])


def agency_at_end(tokens: list[str]) -> int:
    """Return how many words at the end of a byline are the name of a news agency, 0 where they may be a person's."""
    last = [token.lower().strip(".,") for token in tokens[-2:]]
    is_set_apart = tokens[-1].isupper() and not tokens[-2].isupper()
    return 2 if last in _LONG and len(tokens) > 3 else int(is_set_apart and last[-1] in AGENCIES)
