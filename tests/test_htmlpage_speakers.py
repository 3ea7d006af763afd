"""Names above what somebody said in a debate or an interview: headings, linked or not, of which each is kept."""

from __future__ import annotations

import pytest

from tests.test_htmlpage_whole import ABOVE, BELOW, kept

SPEAKERS = {
    "en": ("Ada Lund (North Bay)", "Tom Okoro", "The Minister of State"),
    "de": ("Jana Weber (Untertal)", "Karl Groß", "Der Staatssekretär"),
    "es": ("Rosa Vidal (El Muelle)", "Rui Matos", "La secretaria de Estado"),
}
SAID = "The small boat will sail again, twice a day, as soon as the ice has gone."
SPOKE = [
    "<div class='turn'><h2 class='member-name'><a href='/m'>{0}</a></h2><div><p>{1}</p></div></div>",
    "<div><h3 class='speaker'><a href='/m'>{0}</a></h3><p>{1}</p></div>",
    "<section class='members'><h4>{0}</h4><div class='said'><p>{1}</p></div></section>",
]


@pytest.mark.parametrize("language", SPEAKERS)
@pytest.mark.parametrize("spoke", SPOKE)
def test_every_speaker_is_kept_where_some_are(spoke: str, language: str) -> None:
    names = SPEAKERS[language]
    body = "".join(spoke.format(*each) for each in zip(names, (ABOVE, SAID, BELOW), strict=True))
    found = kept(f"<h1>Ferries</h1>{body}", lambda text: {SAID: 0.9, names[1]: 0.2}.get(text, 0.04))
    assert found == [names[0], ABOVE, names[1], SAID, names[2], BELOW]


@pytest.mark.parametrize("language", SPEAKERS)
def test_linked_headings_that_look_like_none_that_is_kept_stay_out(language: str) -> None:
    names = SPEAKERS[language]
    card = f"<div class='next'><h5><a href='/n'>{names[2]}</a></h5><p>{SAID}</p></div>"
    body = "".join(SPOKE[1].format(*each) for each in zip(names, (ABOVE, BELOW), strict=False))
    found = kept(f"<h1>Ferries</h1>{body}{card}", lambda text: {SAID: 0.2, names[1]: 0.2}.get(text, 0.04))
    assert names[2] not in found
