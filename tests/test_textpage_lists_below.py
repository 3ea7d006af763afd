"""Captures of which the model is in doubt: a list of other articles below the text is left out."""

from __future__ import annotations

import numpy as np
import pytest

from winnow.read.lines.line import split_lines
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, view
from winnow.read.plain.doubt import drop_tail
from winnow.read.plain.model import look

TEXTS = {
    "de": [
        "Die Fähre nach Norden fährt seit Montag wieder, nachdem sie drei Wochen lang in der Werft gelegen hatte.",
        "Neue Schrauben waren nötig, weil ein treibender Baumstamm zwei Blätter verbogen hatte, sagte der Kapitän.",
        "Bis zum Sommer gilt der alte Fahrplan, danach fährt am Abend ein Schiff mehr, wenn sich Personal findet.",
        "Die Gemeinde zahlt einen Teil der Kosten und hofft, dass wieder mehr Gäste auf die Insel kommen.",
    ],
    "ja": [
        "北の島へ向かう連絡船は三週間にわたって造船所に入っていたが、月曜日から運航を再開した。",
        "流木で羽根が二枚曲がったため、新しいスクリューに取り替える必要があったと船長は話している。",
        "夏までは今までの時刻表で走り、人手が見つかれば夕方にもう一便を増やす予定だという。町は費用の一部を負担し、島を訪れる客がまた増えることを期待している。",
    ],
    "el": [
        "Το πλοίο για τα βόρεια νησιά ταξιδεύει ξανά από τη Δευτέρα, αφού έμεινε τρεις εβδομάδες στο ναυπηγείο.",
        "Χρειάστηκαν καινούργιες έλικες, γιατί ένας κορμός που επέπλεε λύγισε δύο πτερύγια, όπως λέει ο καπετάνιος.",
        "Μέχρι το καλοκαίρι ισχύει το παλιό δρομολόγιο, ύστερα θα υπάρχει ακόμη ένα ταξίδι κάθε βράδυ.",
        "Ο δήμος πληρώνει ένα μέρος από τα έξοδα και ελπίζει ότι θα έρθουν πάλι περισσότεροι επισκέπτες.",
    ],
}
PICTURES = {"de": "[Foto der Redaktion]", "ja": "[写真・図版]", "el": "[Φωτογραφία του αρχείου]"}
HEADLINES = {
    "de": "Was der Winter mit den Deichen gemacht hat und wer dafür zahlen soll {}",
    "ja": "冬の高波で傷んだ堤防、修理の費用はだれが払うのか {}",
    "el": "Τι έκανε ο χειμώνας στα λιμάνια και ποιος θα πληρώσει τη ζημιά {}",
}
STATES = {
    "de": "Wer im Winter nach Norden will, muss den Bus nehmen, der über den Damm fährt.",
    "ja": "冬のあいだに北の島々へ行きたい人は、しばらくは堤防の上を走る古い路線バスに乗っていくしかない。",
    "el": "Όποιος θέλει να πάει βόρεια τον χειμώνα, πρέπει να πάρει το λεωφορείο.",
}


def dropped(text: list[str], below: list[str]) -> list[str]:
    """Return which lines the step leaves out of a capture whose text alone is likely."""
    known = look(view(split_lines("\n\n".join([*text, *below]))))
    lines = [line.text for line in known.page.lines]
    likely = np.array([line in text for line in lines], np.bool_)
    judged = Judged(known.page, known.columns, np.where(likely, 0.8, 0.4).astype(np.float32))
    chosen: Bools = np.ones(len(lines), np.bool_)
    kept = drop_tail(judged, chosen)
    return [line for line, is_kept in zip(lines, kept, strict=True) if not is_kept]


def headlines(language: str, count: int) -> list[str]:
    """Return headlines, some of which ask, below a picture each."""
    below = [HEADLINES[language].format("?" if number % 2 else number) for number in range(count)]
    return [line for headline in below for line in (PICTURES[language], headline)]


@pytest.mark.parametrize("language", TEXTS)
def test_a_list_of_other_articles_that_is_longer_than_the_text_is_left_out(language: str) -> None:
    below = headlines(language, 16)
    assert dropped(TEXTS[language], below) == below


@pytest.mark.parametrize("language", TEXTS)
def test_a_list_that_is_shorter_than_the_text_stays(language: str) -> None:
    assert dropped(TEXTS[language], headlines(language, 2)) == []


@pytest.mark.parametrize("language", TEXTS)
def test_a_list_in_which_something_is_stated_stays(language: str) -> None:
    below = headlines(language, 16)
    assert dropped(TEXTS[language], [*below[:20], STATES[language], *below[20:]]) == []


@pytest.mark.parametrize("language", TEXTS)
def test_a_long_list_without_furniture_stays(language: str) -> None:
    below = [f"{HEADLINES[language].format(number)}" for number in range(16)]
    assert dropped(TEXTS[language], below) == []


@pytest.mark.parametrize("language", TEXTS)
def test_nothing_is_left_out_below_a_text_of_a_few_words(language: str) -> None:
    assert dropped(TEXTS[language][:1], headlines(language, 16)) == []
