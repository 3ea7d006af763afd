"""The vocabulary: its files hold together; dates are read the same way in HTML and in plain text."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.textpage_samples import ENGLISH
from winnow.items import HTML, TEXT, Article
from winnow.read import words
from winnow.read.decode import Decoded
from winnow.read.extract import extract
from winnow.read.words.dates import find_dates, fold
from winnow.read.words.locale import Locale

LANGUAGES = sorted(words.languages())
TITLE = "The ferry that would not sink"
PROSE = [line[2:] for line in ENGLISH.splitlines() if line.startswith("A|")]
# The same day as each language writes it; in some it is told apart by words beside it.
FORMS = {
    "12 janv. 2024": "2024-01-12",
    "০৩ ফেব্রুয়ারি ২০২৩": "2023-02-03",
    "14 أيار/مايو 2023": "2023-05-14",
    "3 أكتوبر / تشرين الأول 2023": "2023-10-03",
    "3 أكتوبر (تشرين الأول) 2023": "2023-10-03",
    "الثلاثاء 14 أيار (مايو) 2023": "2023-05-14",
    "12 جويلية 2023": "2023-07-12",
    "5 ഒക്ടോബർ 2023": "2023-10-05",
    "៥ ខែតុលា ឆ្នាំ២០២៣": "2023-10-05",
    "၂၀၂၃ ခုနှစ် အောက်တိုဘာ ၅": "2023-10-05",
    "1er août 2023": "2023-08-01",
    "1 AOUT 2023": "2023-08-01",
    "le 3 février 2024": "2024-02-03",
    "4 mrt 2024": "2024-03-04",
    "4 maart 2024": "2024-03-04",
    "2024년 5월 3일": "2024-05-03",
    "2024年5月3日": "2024-05-03",
    "2024. 5. 3.": "2024-05-03",
    "3. 4. 2024": "2024-04-03",
    "13.4.2024": "2024-04-13",
    "13/04/2024": "2024-04-13",
    "04/13/2024": "2024-04-13",
    "2024-04-13": "2024-04-13",
    "2024/04/13": "2024-04-13",
    "5 d'octobre 2024": "2024-10-05",
    "5 d’octubre de 2024": "2024-10-05",
    "12 de març de 2021": "2021-03-12",
    "3 de mayo de 2022": "2022-05-03",
    "1º de maio de 2021": "2021-05-01",
    "2 luglio 2020": "2020-07-02",
    "Tue Mar  7 10:21:44 CET 2006": "2006-03-07",
    "Mon Nov 13 09:05:00 +0100 2023": "2023-11-13",
    "Sun Jan 2 08:01 2011": "2011-01-02",
    "12. März 2021": "2021-03-12",
    "12. Jänner 2021": "2021-01-12",
    "12 maja 2021 r.": "2021-05-12",
    "12 listopada 2021 r.": "2021-11-12",
    "petak, 12. listopada 2021.": "2021-10-12",
    "12. siječnja 2021.": "2021-01-12",
    "12. března 2021": "2021-03-12",
    "12. apríla 2021": "2021-04-12",
    "12. marec 2021": "2021-03-12",
    "12. marts 2021": "2021-03-12",
    "12. desember 2021": "2021-12-12",
    "den 12 augusti 2021": "2021-08-12",
    "12. maaliskuuta 2021": "2021-03-12",
    "12. märts 2021": "2021-03-12",
    "2021. gada 12. marts": "2021-03-12",
    "2021 m. kovo 12 d.": "2021-03-12",
    "2021. március 12.": "2021-03-12",
    "12 martie 2021": "2021-03-12",
    "12 Μαρτίου 2021": "2021-03-12",
    "12 ΜΑΡΤΙΟΥ 2021": "2021-03-12",
    "12 Şubat 2021": "2021-02-12",
    "12 KASIM 2021": "2021-11-12",
    "12 марта 2021 г.": "2021-03-12",
    "12 березня 2021 р.": "2021-03-12",
    "12 март 2021 г.": "2021-03-12",
    "12 مارس 2021": "2021-03-12",
    "١٢ آذار ٢٠٢١": "2021-03-12",
    "12 במרץ 2021": "2021-03-12",
    "12 मार्च 2021": "2021-03-12",
    "12 Maret 2021": "2021-03-12",
    "12 Disember 2021": "2021-12-12",
    "ngày 12 tháng 3 năm 2021": "2021-03-12",
    "12 มีนาคม 2021": "2021-03-12",
    "March 5, 1985": "1985-03-05",
    "Apr 042013": "2013-04-04",
    "5 Sept.2019": "2019-09-05",
    "May 3rd, 2018": "2018-05-03",
    "12 of March, 2021": "2021-03-12",
    "28.04.2023-19:20": "2023-04-28",
    "१२ मार्च २०२१": "2021-03-12",
    "১৩/০৩/২০২১": "2021-03-13",
    "令和6年3月2日": "2024-03-02",
    "平成元年12月1日": "1989-12-01",
    "昭和 60 年 8 月 12 日": "1985-08-12",
    "民國113年3月2日": "2024-03-02",
    "12 มีนาคม 2564": "2021-03-12",
    "12 มี.ค. 64 | 09:15 น.": "2021-03-12",
    "12/03/2564 09:15": "2021-03-12",
    "๑๒ มีนาคม พ.ศ. ๒๕๖๔": "2021-03-12",
    "۲۵ اسفند ۱۴۰۲": "2024-03-15",
    "جمعه ۱ فروردین ۱۳۹۹": "2020-03-20",
    "30 اسفند 1399": "2021-03-20",
    "04-ago-2021": "2021-08-04",
    "2021. március 12. 08:15": "2021-03-12",
    "2021. gada 12. martā": "2021-03-12",
    "2021ko martxoaren 12a": "2021-03-12",
    "2021 жылғы 12 наурыз": "2021-03-12",
    "2021 оны 3 сарын 12": "2021-03-12",
    "2021 оны 03-р сарын 12": "2021-03-12",
    "12-a de marto 2021": "2021-03-12",
    "12 Machi 2021": "2021-03-12",
    "Marso 12, 2021": "2021-03-12",
    "12 Mawrth 2021": "2021-03-12",
    "12 Meán Fómhair 2021": "2021-09-12",
    "12 ta' Marzu 2021": "2021-03-12",
    "12 сакавіка 2021 г.": "2021-03-12",
    "12 მარტი, 2021": "2021-03-12",
    "12 մարտի, 2021": "2021-03-12",
    "12 مارچ 2021": "2021-03-12",
    "12טן מערץ 2021": "2021-03-12",
    "১২ মার্চ ২০২১": "2021-03-12",
    "12 மார்ச் 2021": "2021-03-12",
    "12 మార్చి 2021": "2021-03-12",
    "12 ಮಾರ್ಚ್ 2021": "2021-03-12",
    "2021 മാർച്ച് 12": "2021-03-12",
    "2021 මාර්තු 12": "2021-03-12",
    "12 ມີນາ 2021": "2021-03-12",
    "១២ មីនា ២០២១": "2021-03-12",
    "၁၂ မတ် ၂၀၂၁": "2021-03-12",
    "2021-يىلى 12-مارت": "2021-03-12",
    "መጋቢት 3 ቀን 2013": "2021-03-12",
    "ጳጉሜን 5 ቀን 2011": "2019-09-10",
    "۱۴۰۳/۰۱/۰۱": "2024-03-20",
    "13\u200f/03\u200f/2021": "2021-03-13",
    "٣١\u200f/١٢\u200f/٢٠٢٣": "2023-12-31",
    "31\u200f.12\u200f.2023": "2023-12-31",
    "12 फ़र॰ 2021": "2021-02-12",
    "12 באוג׳ 2021": "2021-08-12",
    "12 มี.ค. 2021": "2021-03-12",
    "12 มีนาคม ค.ศ. 2021": "2021-03-12",
    "12, మార్చి 2021, శుక్రవారం": "2021-03-12",
    "2021, മാർച്ച് 12": "2021-03-12",
    "2021 12-مارت، جۈمە": "2021-03-12",
    "2021-ж., 12-март": "2021-03-12",
    "2021 թ. մարտի 12, ուրբաթ": "2021-03-12",
    "2021 оны гуравдугаар сарын 12": "2021-03-12",
    "2021(e)ko martxoaren 12(a)": "2021-03-12",
    "12 ta’ Marzu 2021": "2021-03-12",
    "2021-Marto-12": "2021-03-12",
    "2023-Aug-09": "2023-08-09",
    "12ê adara 2021an": "2021-03-12",
    "12ی ئازاری 2021": "2021-03-12",
    "12 جنوري 2021": "2021-01-12",
    "ମାର୍ଚ୍ଚ 12, 2021": "2021-03-12",
    "12 মাৰ্চ, 2021": "2021-03-12",
    "12 Maris, 2021": "2021-03-12",
    "12 Oṣù Ẹrẹ̀nà 2021": "2021-03-12",
    "Mashi 12, 2021": "2021-03-12",
    "Matshi 12, 2021": "2021-03-12",
    "Maarso 12, 2021": "2021-03-12",
    "12 Maachị 2021": "2021-03-12",
    "2021 Werurwe 12": "2021-03-12",
    "12. Mäerz 2021": "2021-03-12",
    "12 Pébruari 2021": "2021-02-12",
}

BYLINES = {  # who wrote, as each language says it
    "Autor: Ada Lund": "Ada Lund",
    "Haber: Zeynep Aksoy": "Zeynep Aksoy",
    "Eftir Guðrúnu Jónsdóttur": "Guðrúnu Jónsdóttur",
    "Της Ελένης Παπαδοπούλου": "Ελένης Παπαδοπούλου",
    "Nga Arta Hoxha": "Arta Hoxha",
    "Viết bởi Trần Thị Mai": "Trần Thị Mai",
    "글쓴이: 한지우": "한지우",
    "投稿者：佐藤 由美": "佐藤 由美",
    "द्वारा: सुनीता जोशी": "सुनीता जोशी",
    "লিখেছেন সুমিতা সেন": "সুমিতা সেন",
    "بواسطة: ليلى حداد": "ليلى حداد",
    "لیکوال: زرغونه وردګ": "زرغونه وردګ",
    "لەلایەن شیلان ئەحمەد": "شیلان ئەحمەد",
    "Ji aliyê Berfîn Aslan": "Berfîn Aslan",
    "Vum Mariette Weber": "Mariette Weber",
    "Umbhali: Nomsa Khumalo": "Nomsa Khumalo",
    "Müəllif: Aygün Məmmədova": "Aygün Məmmədova",
    "Egilea: Maite Etxeberria": "Maite Etxeberria",
    "Авторы: Айгүл Сейітова": "Айгүл Сейітова",
    "كتبت: ليلى حداد": "ليلى حداد",
    "تحریر: سارہ خان": "سارہ خان",
    "लेखिका: सुनीता जोशी": "सुनीता जोशी",
    "লেখক: সুমিতা সেন": "সুমিতা সেন",
    "எழுதியவர்: மீனா குமார்": "மீனா குமார்",
    "రచయిత: లక్ష్మి రావు": "లక్ష్మి రావు",
    "ලේඛක: නිමාලි පෙරේරා": "නිමාලි පෙරේරා",
    "โดย สมหญิง ใจดี": "สมหญิง ใจดี",
    "ຂຽນໂດຍ: ສົມພອນ ແກ້ວມະນີ": "ສົມພອນ ແກ້ວມະນີ",
    "ដោយ៖ សុខា ចាន់": "សុខា ចាន់",
    "ავტორი: ნინო ბერიძე": "ნინო ბერიძე",
    "Հեղինակ՝ Անահիտ Սարգսյան": "Անահիտ Սարգսյան",
    "记者 王秀英": "王秀英",
    "記者陳美玲／花蓮報導": "陳美玲",
    "文／陳美玲": "陳美玲",
    "文・佐藤 由美": "佐藤 由美",
    "文：王秀英 摄影：李四": "王秀英",
    "김영희 기자": "김영희",
}


def in_both(written: str) -> tuple[Article, Article]:
    """Return an article with a line below its headline, read from plain text and from HTML."""
    plain = extract(Decoded("\n\n".join([TITLE, written, *PROSE]), TEXT, "utf-8"))
    marked = "".join(f"<p>{line}</p>" for line in (written, *PROSE))
    html = extract(Decoded(f"<html><body><main><h1>{TITLE}</h1>{marked}</main></body></html>", HTML, "utf-8"))
    assert isinstance(plain, Article)
    assert isinstance(html, Article)
    return plain, html


class TestFiles:
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_a_language_has_its_months_and_days(self, code: str) -> None:
        months, days = words.months(code), words.weekdays(code)
        assert (len(months), len(days), words.order(code) != "") == (12, 7, True)
        assert sum(len(set(map(fold, each))) for each in months) == len(
            {fold(form) for each in months for form in each}
        )
        for forms in (months, days):
            assert all(forms)
            every = [form for each in forms for form in each]
            assert len(every) == len(set(every)), "one name, two meanings"

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_words_are_in_lower_case_and_composed(self, code: str) -> None:
        file = words.languages()[code]
        assert re.fullmatch("[a-z]{2}", code)
        for key, value in file.items():
            if key in ("name", "cldr", "order", "small"):
                continue
            for words_of in [value] if isinstance(value, str) else value:
                assert words_of == unicodedata.normalize("NFC", words_of.lower()), key
                held = words.split(words_of)
                assert len(held) == len(set(held)), key
                assert all(word and word == word.strip() for word in held), key

    def test_names_come_from_one_edition(self) -> None:
        assert {file["cldr"] for file in words.languages().values()} == {"47"}

    @pytest.mark.parametrize("code", ["fr", "hr", "sr", "ca", "vi"])
    def test_names_are_those_of_the_cldr(self, code: str) -> None:
        core = pytest.importorskip("babel.core")
        if core.get_cldr_version() != words.languages()[code]["cldr"]:
            pytest.skip("another edition is installed")
        wide = core.Locale.parse(code).months["format"]["wide"]
        assert all(wide[number].lower().endswith(words.months(code)[number - 1][0]) for number in range(1, 13))

    def test_small_files_are_read_as_json(self) -> None:
        for file in words.FOLDER.iterdir():
            assert json.loads(file.read_text("utf-8"))["name"]


class TestWords:
    def test_beginnings_and_whole_words(self) -> None:
        assert words.said("published", "Zuletzt veröffentlichte Fassung")
        assert words.said("published", "AnnaPublished")
        assert words.said("published", "Publication date")
        assert not words.said("published", "Our publications")

    def test_words_of_one_language(self) -> None:
        assert words.of("by", "ar")[:2] == ("بقلم", "كتب")
        assert {"by", "von", "par", "av", "af"} <= set(words.of("by"))
        assert words.of("no such kind") == ()


class TestDates:
    @pytest.mark.parametrize(("written", "day"), FORMS.items())
    def test_html_and_plain_text_read_the_same_day(self, written: str, day: str) -> None:
        for read in in_both(written):
            assert (read.date, read.text.split()[0]) == (day, PROSE[0].split()[0])

    @pytest.mark.parametrize(("written", "author"), BYLINES.items())
    def test_html_and_plain_text_read_the_same_author(self, written: str, author: str) -> None:
        plain, html = in_both(written)
        assert (plain.author, html.author) == (author, author)

    @given(
        st.sampled_from([code for code in LANGUAGES if words.order(code) == "dmy" and code not in ("vi", "th")]),
        st.dates(date(1971, 1, 1), date(2099, 12, 31)),
    )
    def test_each_language_reads_its_own_names(self, code: str, day: date) -> None:
        for name in words.months(code)[day.month - 1]:
            assert [found.day for found in find_dates(f"{day.day} {name} {day.year}", Locale(code))] == [day]

    @pytest.mark.parametrize(
        ("written", "days"),
        [
            (
                "12. listopada 2021.",
                {"hr": "2021-10-12", "hr-HR": "2021-10-12", "pl": "2021-11-12", "en": None, "": None},
            ),
            ("3 srp 2021", {"hr": "2021-07-03", "cs": "2021-08-03", "de": None}),
            ("24 led 2021", {"cs": "2021-01-24", "en": None, "": None}),
            ("12 Pro 2020", {"cs": "2020-12-12", "hr": "2020-12-12", "en-US": None}),
            ("03/04/2024", {"en-US": "2024-03-04", "en_GB": "2024-04-03", "nb-NO": "2024-04-03", "en": None, "": None}),
            ("09.10.2024", {"en": None, "de": "2024-10-09", "hu": "2024-10-09", "": "2024-10-09"}),
            ("Publisert: 05.08.24 kl. 14:47", {"no": "2024-08-05", "en": None, "hu": None, "ko": None, "": None}),
            ("erstellt am 01.01.23 um 08:35", {"de": "2023-01-01"}),
            ("Palma 15.04.25 09:56", {"de": "2025-04-15"}),
            ("3/4/99", {"fr": "1999-04-03", "it": "1999-04-03", "en": None}),
            ("Opdateret 7.2.05", {"da": "2005-02-07"}),
            ("25/04/24, 18h30", {"pt": "2024-04-25", "es": "2024-04-25"}),
            ("Version 3.11.24 ist da", {"de": None}),
            ("28.01.24 / 0 Kommentare", {"de": "2024-01-28"}),
            ("Översättning Ada Lund, 28.01.24", {"sv": "2024-01-28"}),
            ("Ab Version 3.11.24 läuft es", {"de": None}),
            ("Das Spiel endete 3.2.12 vor Schluss", {"de": None}),
            ("10.30.15", {"de": None}),
            ("192.168.10.24 um 12:30", {"de": None}),
        ],
    )
    def test_the_language_settles_what_is_ambiguous(self, written: str, days: dict[str, str | None]) -> None:
        for tag, day in days.items():
            found = [found.day.isoformat() for found in find_dates(written, Locale(tag))]
            assert found == ([day] if day else []), tag

    @pytest.mark.parametrize("tag", ["fil", "fil-PH", "tl"])
    def test_filipino_is_not_taken_for_finnish(self, tag: str) -> None:
        assert Locale(tag).code == "tl"
        assert find_dates("03/05/2024", Locale(tag)) == find_dates("03/05/2024", Locale("tl"))

    @pytest.mark.parametrize("tag", ["eng", "kok", "ast-ES"])
    def test_the_text_tells_its_language_where_a_code_of_three_letters_is_stated(self, tag: str) -> None:
        english = "The ferry left the quay at ten in the evening, and it was the last one that the town had seen. "
        assert Locale(tag, lambda: english * 3).code == "en"
        assert Locale(tag).code == ""

    def test_a_text_tells_its_language_where_the_page_does_not(self) -> None:
        polish = (
            "Port był zamknięty przez trzy dni, bo nie było prądu, a statki czekały na to, co się stanie, jak co roku. "
        )
        assert find_dates("12 listopada 2021", Locale("en", lambda: polish * 3))[0].day == date(2021, 11, 12)
        assert find_dates("03/04/2024", Locale("", lambda: polish * 3))[0].day == date(2024, 4, 3)

    @pytest.mark.parametrize(
        "text",
        [
            "31 February 2024",
            "2024-13-02",
            "1970-01-01",
            "2024.1.2.3",
            "10.12 March 2024",
            "9.1.-10.2.2023",
            "in 2021 May 12 boats",
            "20240302123",
            "iPhone 12 Pro 2020",
            "in March 2024 and May 5",
            "令和6年13月2日",
            "民國113年の3月2日",
            "12 มีนาคม",
            "ราคา 2564 บาท",
            "1402 نفر در اسفند",
            "12/03/1445",
            "12 رمضان 1445",
        ],
    )
    def test_what_names_no_day(self, text: str) -> None:
        assert find_dates(text) == []

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("2. März 20249. März 2024 von Ada", {(0, "2024-03-02"), (12, "2024-03-09")}),
            ("22/03/202429/03/2024", {(0, "2024-03-22"), (10, "2024-03-29")}),
            ("Ada 3 April 20242 comments", {(4, "2024-04-03")}),
            ("28.04.202419:20", {(0, "2024-04-28")}),
            ("3 April 202442", set()),
        ],
    )
    def test_what_is_glued_to_a_year_is_taken_apart(self, text: str, days: set[tuple[int, str]]) -> None:
        assert {(found.begin, found.day.isoformat()) for found in find_dates(text)} == days

    def test_places_are_those_in_the_line(self) -> None:
        text = "Posted 3 mars 2021 | mis à jour 5 d’octobre 2024"
        assert [text[found.begin : found.end] for found in find_dates(text)] == ["3 mars 2021", "5 d’octobre 2024"]

    @given(st.text())
    def test_no_text_is_too_odd(self, text: str) -> None:
        assert date(2021, 5, 12) in [found.day for found in find_dates(f"{text} | 12 maja 2021")]
