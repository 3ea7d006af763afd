"""Who posted an article, as programs say it in many languages, also with how long ago that was behind the name."""

from __future__ import annotations

import pytest

from tests.textpage_samples import ENGLISH
from winnow.items import HTML, TEXT, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

TITLE = "The ferry that would not sink"
PROSE = [line[2:] for line in ENGLISH.splitlines() if line.startswith("A|")]
POSTED = {
    "Lagt op af: Søren Østergaard 1 år, 6 måneder siden": "Søren Østergaard",
    "Postad av: Åsa Lindström": "Åsa Lindström",
    "Postitas: Kadri Õunapuu": "Kadri Õunapuu",
    "Lähettänyt: Aino Mäkelä": "Aino Mäkelä",
    "Inserito da: Lucia Dell'Acqua 1 anno, 11 mesi fa": "Lucia Dell'Acqua",
    "Publicējis: Ilze Bērziņa": "Ilze Bērziņa",
    "Gönderen: Ayşe Yıldırım 1 yıl, 7 ay önce": "Ayşe Yıldırım",
    "Написал(а): А. П. Соколова": "А. П. Соколова",
    "Написав(-ла): Олена Шевчук": "Олена Шевчук",
    "Написано от Мария Иванова": "Мария Иванова",
    "Skrifað af Guðrún Þórsdóttir": "Guðrún Þórsdóttir",
    "Gửi bởi: Nguyễn Thị Minh Khai": "Nguyễn Thị Minh Khai",
    "Posté par : Hélène Quémeneur Il y a 1 année, 9 mois": "Hélène Quémeneur",
    "كتبه: ليلى الحداد منذ 1 سنة، 4 أشهر": "ليلى الحداد",
    "نوشته شده توسط مریم احمدی": "مریم احمدی",
    "发布者: 陈晓雯": "陈晓雯",
}


@pytest.mark.parametrize(("written", "author"), POSTED.items())
def test_who_posted_it_is_the_author(written: str, author: str) -> None:
    plain = extract(Decoded("\n\n".join([TITLE, written, *PROSE]), TEXT, "utf-8"))
    marked = "".join(f"<p>{line}</p>" for line in (written, *PROSE))
    html = extract(Decoded(f"<html><body><main><h1>{TITLE}</h1>{marked}</main></body></html>", HTML, "utf-8"))
    assert [read.author for read in (plain, html) if isinstance(read, Article)] == [author, author]
