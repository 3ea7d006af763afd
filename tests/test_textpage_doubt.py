"""Captures in other languages than English: in doubt, the model of other English pages is asked, too."""

from __future__ import annotations

import numpy as np
import pytest

from winnow.read.lines.line import split_lines
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import view
from winnow.read.plain import model
from winnow.read.plain.model import ask_again, is_in_doubt, load_for, look

PAGES = {
    "de": """Werkstattnotizen

Startseite

Das alte Mühlrad

Das Rad steht seit dem Krieg still, und keiner im Dorf weiß noch, wem die Mühle eigentlich gehört.

Was wir gefunden haben

Eiche, fünf Meter, ohne einen Riss
Nägel, von Hand geschmiedet

Die Schaufeln schneiden wir im Winter. Wer helfen will, bringt eine Säge mit und etwas zu essen.

Impressum
""",
    "ru": """Заметки

Главная

Старое колесо

Колесо стоит с самой войны, и никто в деревне уже не помнит, чья это мельница.

Что нашли

дуб, пять метров, ни одной трещины
кованые гвозди

Лопасти выпилим зимой. Кто хочет помочь, приносит пилу и что-нибудь к чаю.

Контакты
""",
    "pl": """Notatki

Strona główna

Stare koło

Koło stoi od wojny i nikt we wsi nie pamięta już, czyj to młyn.

Co znaleźliśmy

dąb, pięć metrów, bez jednego pęknięcia
gwoździe kute ręcznie

Łopaty wytniemy zimą. Kto chce pomóc, niech przyniesie piłę i coś do jedzenia.

Kontakt
""",
}
ENGLISH = """The old wheel

The wheel has stood still since the war, and nobody in the village knows whose mill it is.

oak, five metres, without a crack
nails, made by hand

We shall saw the blades in winter. Whoever wants to help brings a saw and something to eat.
"""


def asked(text: str) -> tuple[Judged, Judged]:
    """Return what one model says of a capture, and what is said of it when, in doubt, the other has been asked."""
    known = look(view(split_lines(text)))
    judged = load_for(known.page).judge(known)
    return judged, ask_again(known, judged) if is_in_doubt(judged) else judged


@pytest.mark.parametrize("language", PAGES)
def test_in_doubt_lines_are_likelier_and_none_is_less_likely(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "DOUBT", 1.0)
    before, after = asked(PAGES[language])
    assert (after.probability >= before.probability - 1e-6).all()
    raised = after.probability > before.probability + 0.01
    assert raised.any()
    assert (before.probability[raised] >= model.OPEN).all()


@pytest.mark.parametrize("language", PAGES)
def test_without_doubt_one_model_is_enough(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "DOUBT", 0.0)
    before, after = asked(PAGES[language])
    assert np.array_equal(before.probability, after.probability)


def test_captures_in_english_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "DOUBT", 1.0)
    before, after = asked(ENGLISH)
    assert np.array_equal(before.probability, after.probability)


def test_an_appeal_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "DOUBT", 1.0)
    appeal = "Drodzy Czytelnicy, wesprzyjcie nas dowolną kwotą, abyśmy mogli pisać dalej."
    before, after = asked(PAGES["pl"].replace("Kontakt\n", f"{appeal}\n"))
    at = [line.text for line in before.page.lines].index(appeal)
    assert after.probability[at] == pytest.approx(before.probability[at])
