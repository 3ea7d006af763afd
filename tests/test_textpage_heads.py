"""The day and the byline of captures in many languages: where they stand, and how they are written."""

from __future__ import annotations

import re
import time

import pytest

from winnow.read.plain import read
from winnow.runs.workers import Limits

from .textpage_samples import ENGLISH, marked, plain
from .textpage_samples import SAMPLES as OTHERS

SAMPLES = {"en": ENGLISH, **OTHERS}


def capture(language: str, head: str, *, lead: str = "", above: str = "", below: str = "") -> str:
    """Return a sample with other lines for its byline and day; `lead` goes in front of its first paragraph."""
    text = re.sub(r"\nB\|.*\n.*\n", f"\n{head}\n\n" if head else "\n", SAMPLES[language])
    title, first, last = marked(text, "T")[0], marked(text, "A")[0], marked(text, "A")[-1]
    text = plain(text).replace(first, lead + first).replace(title, f"{above}\n\n{title}" if above else title, 1)
    return text.replace(last, f"{last}\n\n{below}") if below else text


def test_the_samples_have_no_day_without_their_own() -> None:
    assert {language: read(capture(language, "")).date for language in SAMPLES} == dict.fromkeys(SAMPLES)


@pytest.mark.parametrize(
    ("language", "head", "day"),
    [
        ("de", "Energie 12.12.2022, 08:30 Uhr", "2022-12-12"),
        ("de", "Mi, 18. Oktober 2023 um 12:50 Uhr | 3 Min. | 0 Kommentare", "2023-10-18"),
        ("de", "2. Februar 20223. März 2022 Ada Lund 1 Kommentar", "2022-02-02"),
        ("de", "28.01.22 / 0 Kommentare", "2022-01-28"),
        ("de", "26 | 01 | 2022 Hafen | Boote", "2022-01-26"),
        ("es", "18 | 06 | 2022", "2022-06-18"),
        ("de", "Ada Lund 2022-12-27T10:10:52+01:00 25. Dezember 2022 | ", "2022-12-25"),
        ("fr", "2022-12-27T10:10:52+01:00 25 décembre 2022", "2022-12-25"),
        ("pl", "2023-04-28 09:15:00 19.04.2023 19:05", "2023-04-19"),
        ("de", "Veröffentlicht am 5. November 2023, 14:09 / ©Hafenpost", "2023-11-05"),
        ("de", "STAND 21.4.2021 , 16:41 Uhr AUTOR/IN Ada Lund", "2021-04-21"),
        ("de", "7. Mai 2023 - 16.03 Uhr\nAkt.: 9. Mai 2023 - 21.18 Uhr", "2023-05-07"),
        ("fr", "Mis à jour le 6 mai 2023 à 15h54\nPublié le 4 mai 2023 à 14h52", "2023-05-04"),
        ("fr", "Rédaction | jeudi 4 mai 2023 à 09h08", "2023-05-04"),
        ("es", "Bruselas - 15 oct 2023 - 08:22Actualizado: 15 oct 2023 - 17:38CEST", "2023-10-15"),
        ("es", "Por Ada Lund 04 de mayo 2022 a las 09:01 hrs.", "2022-05-04"),
        ("pl", "Aktualizacja: 20.04.2023 19:45 Publikacja: 19.04.2023 19:05", "2023-04-19"),
        ("ru", "5 февраля 2020 г., 14:30 | 3 мин.", "2020-02-05"),
        ("zh", "2023年04月24日23:52 | 来源：港口晚报", "2023-04-24"),
        ("en", "[Two women on the pier, May 3, 2019]\nApril 3, 2023", "2023-04-03"),
        ("en", "Harbour news | Monday, 3 April 2023 at 08:12", "2023-04-03"),
    ],
)
def test_a_day_is_read_beside_the_title(language: str, head: str, day: str) -> None:
    assert read(capture(language, head)).date == day


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("de", "21.12.2022", "2022-12-21"),
        ("fr", "jeudi 4 mai 2023 à 09h08", "2023-05-04"),
        ("es", "18 de junio de 2022, 10:30 h", "2022-06-18"),
        ("pl", "Publikacja: 19.04.2023 19:05", "2023-04-19"),
        ("zh", "2023年4月18日 10:20", "2023-04-18"),
        ("de", "Harbour Days, 21. bis 23. Dezember 2022 in der Halle am alten Hafen", None),
    ],
)
def test_a_day_may_stand_above_the_title(language: str, line: str, day: str | None) -> None:
    assert read(capture(language, "", above=f"{line}\n\nMeer\n\nHafen\n\nTeilen")).date == day


@pytest.mark.parametrize(
    ("language", "lead", "day"),
    [
        ("de", "31. Oktober 2023. ", "2023-10-31"),
        ("de", "(21. November 2022) ", "2022-11-21"),
        ("fr", "4 mai 2023 – ", "2023-05-04"),
        ("es", "18/06/2022 | ", "2022-06-18"),
        ("de", "Seit dem 31. Oktober 2023 ist alles anders. ", None),
        ("en", "April 3, 2023, was a day of rain. ", None),
    ],
)
def test_a_paragraph_may_begin_with_the_day(language: str, lead: str, day: str | None) -> None:
    assert read(capture(language, "", lead=lead)).date == day


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("de", "Dieser Beitrag wurde am Mittwoch, den 27. November 2019 um 15:21 Uhr veröffentlicht.", "2019-11-27"),
        ("fr", "Cet article a été publié le 4 mai 2023 dans Vie locale.", "2023-05-04"),
        ("es", "Publicado: 18 de junio de 2022", "2022-06-18"),
        ("de", "Dieser Eintrag wurde am 04/02/2020 von al in Hafen, Meer und Boote eingestellt.", "2020-02-04"),
        ("pl", "Giriş: 03.07.2024 - 18:24 Güncelleme: 05.07.2024 - 18:57", "2024-07-03"),
        ("de", "Verfügbar bis 28.02.2021", None),
        ("de", "Mitglied seit 28.02.2011", None),
        ("es", "Disponible hasta el 18 de junio de 2022", None),
    ],
)
def test_a_note_far_below_says_the_day(language: str, line: str, day: str | None) -> None:
    rest = "Teilen\n\nDrucken\n\nMerken\n\n" * 4
    assert read(capture(language, "", below=f"{rest}{line}")).date == day


def test_two_notes_that_contradict_each_other_say_nothing() -> None:
    lines = ("Publié le 4 mai 2023 dans Vie locale", "Publié le 5 mai 2022 dans Sports")
    assert read(capture("fr", "", below="Partager\n\n" * 12 + "\n\n".join(lines))).date is None


@pytest.mark.parametrize(
    ("language", "below", "day"),
    [
        ("de", "28. 4. 2023 , 18:41 Uhr", "2023-04-28"),
        ("fr", "jeudi 4 mai 2023 à 09h08", "2023-05-04"),
        ("es", "20:34 18/06/2022", "2022-06-18"),
        ("pl", "2023-04-28 09:15:0019.04.2023 19:05", "2023-04-19"),
        ("ru", "5 февраля 2020 г., 14:30", "2020-02-05"),
        ("zh", "2023年4月18日 10:20", "2023-04-18"),
        ("en", "3 April 2023 ( updated on 5 April 2023 | 14:08)", "2023-04-03"),
        ("de", "28. 4. 2023 18:41\n\nEin anderes Boot\n\n27. 4. 2023 09:10", None),
        ("es", "18 de junio de 2022", None),
        ("fr", "Mis à jour le 6 mai 2023 à 09h08", None),
        ("de", "1. Ada Lund sagt:\n\n28. April 2023 um 10:36 Uhr", None),
        ("es", "2. Ada Lund dice:\n\n18 de junio de 2022 10:36", None),
        ("en", "The vote of 3 April 2023:", None),
        ("en", "Data as of April 3, 2023, 9:25 pm", None),
        ("fr", "2023-05-04T10:45:07+02:00", None),
        ("de", "28. 4. 2023 18:41\n\n" + "Hafen\n\n" * 9 + "27. 4. 2023", None),
    ],
)
def test_the_only_line_right_below_the_body_that_is_a_day_says_it(language: str, below: str, day: str | None) -> None:
    assert read(capture(language, "", below=f"#\n\n{below}\n\n#")).date == day


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("de", "Mittwoch, 18. Oktober 2023, 12:50 Uhr", "2023-10-18"),
        ("fr", "Ada Lund, jeudi 4 mai 2023 à 09h08", "2023-05-04"),
        ("es", "Ada Lund | 18 de junio de 2022", "2022-06-18"),
        ("zh", "2023年4月18日 10:20", "2023-04-18"),
        ("fr", "Mis à jour le 6 mai 2023", None),
    ],
)
def test_a_day_right_above_the_body_may_be_far_from_the_title(language: str, line: str, day: str | None) -> None:
    assert read(capture(language, "\n".join([*map(str, range(25)), line]))).date == day


def test_the_other_days_of_an_event_and_a_birth_are_none() -> None:
    assert read(capture("de", "Termin: 21.02.2023, 19 Uhr")).date is None
    assert read(capture("es", "Lucía Ferrán, nacida el 18 de junio de 1992")).date is None


def test_the_samples_have_no_byline_without_their_own() -> None:
    assert {language: read(capture(language, "")).byline for language in SAMPLES} == dict.fromkeys(SAMPLES)


@pytest.mark.parametrize(
    ("language", "head", "name"),
    [
        ("de", "1. Februar 2022 , Ada Lundgren", "Ada Lundgren"),
        ("de", "9. September 2022 um 15:46 Uhr / Ada Lundgren-Pohl", "Ada Lundgren-Pohl"),
        ("de", "Ada Lundgren Zuletzt geändert am 06.11.2022", "Ada Lundgren"),
        ("de", "Ada Lundgren / 22.04.2022 / 06:15 / Foto: Hafenpost", "Ada Lundgren"),
        ("de", "2. Februar 20223. März 2022 Ada Lundgren 1 Kommentar", "Ada Lundgren"),
        ("de", "[lundgren.jpg] Von Ada Lundgren 28.04.2022, 18:11 Uhr", "Ada Lundgren"),
        ("de", "Eine Kolumne von Ada Lundgren", "Ada Lundgren"),
        ("fr", "Propos recueillis par Ada Lundgren", "Ada Lundgren"),
        ("pl", "Rozmawiała Ada Lundgren", "Ada Lundgren"),
        ("ru", "Беседовала Ада Лундгрен", "Ада Лундгрен"),
        ("de", "Autor*in:\nAda Lundgren", "Ada Lundgren"),
        ("de", "Von\n[Bild]\nAda Lundgren", "Ada Lundgren"),
        ("de", "Ada Lundgren\n3. Mai 2022, 17:47", "Ada Lundgren"),
        ("de", "Ada Lundgren\nErstellt: vor 4 Stunden", "Ada Lundgren"),
        ("de", "[Ada Lundgren]\nAda Lundgren", "Ada Lundgren"),
        ("de", "Ada Lundgren Ada Lundgren", "Ada Lundgren"),
        ("de", "Ada Lundgren Redakteurin", "Ada Lundgren"),
        ("de", "Gespeichert von ada_l am 24. Juli 2022 - 18:55", "ada_l"),
        ("de", "Von DPA\n5. Januar 2022 18:58 Uhr", "DPA"),
        ("fr", "Ada Lundgren | lundi 9 décembre 2019 à 09h08", "Ada Lundgren"),
        ("fr", "[Ada Lundgren] Ada Lundgren\n15 Mai 2019 à 06h00", "Ada Lundgren"),
        ("es", "[Ada M. Lundgren]\nAda M. Lundgren\nCorresponsal", "Ada M. Lundgren"),
        ("es", "Por Redacción Puerto Viejo\nmartes, 3 de mayo de 2022", "Redacción Puerto Viejo"),
        ("pl", "Ada Lundgren\nPublikacja: 19.04.2023 19:05", "Ada Lundgren"),
        ("ru", "Ада Лундгрен\n5 февраля 2020, 10:30", "Ада Лундгрен"),
        ("zh", "[林晓青的照片]\n林晓青\n2023年4月18日", "林晓青"),
        ("en", "Ada McLund\nApril 3, 2023", "Ada McLund"),
        ("en", "By Ada McLund\nApril 3, 2023", "Ada McLund"),
        ("en", "Posted on April 3, 2023 by ada_l", "ada_l"),
    ],
)
def test_a_name_is_read_beside_the_title(language: str, head: str, name: str) -> None:
    assert read(capture(language, head)).byline == name


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("de", "Ada Lundgren"),  # may be whom the article is about
        ("de", "Alter Hafen\n3. Mai 2022"),  # a place: the page has its words in lower case
        ("de", "Foto: Ada Lundgren\n3. Mai 2022"),
        ("de", "Aus Brunnau\n3. Mai 2022"),
        ("es", "Actualizado Lunes, 2 diciembre 2022 - 02:24"),
        ("en", "Read More\nApril 3, 2023"),
        ("en", "Step by Step\nApril 3, 2023"),
        ("en", "By the numbers\nApril 3, 2023"),
        ("zh", "林晓青"),
        ("zh", "[記事を印刷する]\n記事を印刷する\n2023年4月18日"),
    ],
)
def test_what_names_nobody_beside_the_title(language: str, head: str) -> None:
    assert read(capture(language, head)).byline is None


@pytest.mark.parametrize(
    "head",
    [
        "Fact checked by\nAda McLund\nAda McLund\nApril 3, 2023",
        "Edited By\nAda McLund\nApril 3, 2023",
        "Recommended by Ada McLund\nApril 3, 2023",
        "Voiced by Ada McLund\nApril 3, 2023",
        "A Lantern Used By Ada McLund\nApril 3, 2023",
        "by | April 3, 2023 | Rusty Boat",
        "Text Size\nApril 3, 2023",
        "Quick Insight\nApril 3, 2023",
        "Ada McLund.jpg\nApril 3, 2023",
    ],
)
def test_who_did_something_else_and_furniture_are_no_byline(head: str) -> None:
    assert read(capture("en", head)).byline is None


@pytest.mark.parametrize("line", ["Reviewed by\nBo Niemi", "Geprüft von\nBo Niemi", "Recommended by Bo Niemi"])
def test_the_writer_is_told_from_who_did_something_else(line: str) -> None:
    assert read(capture("en", f"{line}\nWritten by Ada Lundgren\nApril 3, 2023")).byline == "Ada Lundgren"


def test_the_name_below_the_title_comes_before_the_byline_of_a_teaser_above_it() -> None:
    text = capture("en", "Ada Lundgren\nApril 3, 2023", above="by Bo Niemi\n\nAdvertisement")
    assert read(text).byline == "Ada Lundgren"


def test_a_name_that_a_capture_glued_to_the_next_word_stays_whole() -> None:
    assert read(capture("en", "By Ada McLundPublished: April 3, 2023")).byline == "Ada McLund"


def test_an_entry_of_the_menu_and_a_name_of_the_title_are_no_byline() -> None:
    text = capture("de", "Hafen Magazin\n3. Mai 2022")
    assert read(f"Hafen Magazin\n\nSport\n\nPolitik\n\nWetter\n\nKultur\n\n{text}").byline is None


@pytest.mark.parametrize("label", ["Von:", "Autor", "Kommentar von", "Par", "Auteur", "Escrito por", "Автор:", "By"])
def test_a_byline_word_by_itself_leads_to_a_name_below_the_text(label: str) -> None:
    assert read(capture("de", "", below=f"Teilen\n\n{label}\n\nAda Lundgren")).byline == "Ada Lundgren"


def test_a_line_of_digits_without_end_takes_less_than_a_page_may() -> None:
    begin = time.process_time()
    assert read("\n\n".join(["1" * 1_000_000, plain(ENGLISH)])).text
    assert time.process_time() - begin < Limits().cpu_seconds


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "zh"])
@pytest.mark.parametrize(
    "head", ["Harbour Gazette December 1, 2019 7", "B4 | Kurier Portowy | 3. Mai 2019", "港口日报 2019年3月25日 7"]
)
def test_the_head_of_a_printed_page_is_no_title(language: str, head: str) -> None:
    sample = OTHERS.get(language, ENGLISH)
    title = marked(sample, "T")[0]
    body = plain(sample)
    assert read(f"{head}\n\n{body[body.index(title) :]}").title == title


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The ferry that wouldn&#39;t sink", "The ferry that wouldn't sink"),
        ("The ferry that would not sink &amp; its crew", "The ferry that would not sink & its crew"),
        ("The ferry & the women of the island", "The ferry & the women of the island"),
    ],
)
def test_entities_in_the_title_are_resolved_as_in_the_text(written: str, said: str) -> None:
    page = plain(ENGLISH).replace("The ferry that would not sink", written)
    assert read(page).title == said
