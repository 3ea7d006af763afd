"""Captures of which the model is in doubt: what stands within the text, or goes on below it, is kept."""

from __future__ import annotations

import numpy as np
import pytest

from winnow.read.lines.choose import FLOOR
from winnow.read.lines.line import split_lines
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, view
from winnow.read.plain import read
from winnow.read.plain.doubt import keep_below, keep_between
from winnow.read.plain.model import load_for, look

FENCE = {
    "de": """Werkstattnotizen

Startseite
Archiv
Über mich
Suche
Menü

Ein Zaun aus Weidenruten

Im Februar schneiden wir die Ruten, solange noch kein Saft in ihnen steht. Sie liegen drei Wochen \
im Bach, damit sie sich biegen lassen, und wer zu früh anfängt, hört sie brechen.

Was man braucht

Pfosten
Eiche oder Robinie, unten angekohlt
Ruten
zweihundert Stück, so lang wie ein Mann
Werkzeug
Hippe, Schlegel, Lederhandschuhe

Der Aufbau

Die Pfosten kommen im Abstand von einem Schritt in die Erde, ein Drittel ihrer Länge tief. Dann flicht man jede Rute \
abwechselnd vor und hinter die Pfosten und klopft sie mit dem Schlegel fest.

Feld Ruten Stunden
Nord 80 6
West 120 9

Nach zwei Wintern wird der Zaun grau, nach zehn muss man die ersten Pfosten ersetzen.

Schlagwörter: Garten, Holz

Ältere Beiträge

Die Hecke im Herbst
Ein Brunnen für den Hof

2019 Werkstattnotizen

Impressum
""",
    "ja": """工房の手帳

ホーム
記事一覧
自己紹介
検索
メニュー

柳の枝で垣根を編む

枝は二月、まだ水が上がらないうちに切ります。三週間ほど小川に沈めておくと、折れずに曲がるようになります。\
急いで始めると、編んでいる途中で乾いた音がします。

用意するもの

杭
樫かニセアカシア、先を焼いたもの
枝
二百本、人の背丈くらい
道具
鉈、木槌、革の手袋

組み立て

杭は一歩ごとに、長さの三分の一まで地面に打ち込みます。枝を杭の前と後ろに交互に通し、木槌で叩いて詰めます。

区画 本数 時間
北側 80 6
西側 120 9

二度冬を越すと垣根は灰色になり、十年たつと最初の杭を取り替えることになります。

タグ: 庭, 木工

前の記事

秋の生け垣
庭の井戸

2019 工房の手帳

お問い合わせ
""",
    "ru": """Заметки мастера

Главная
Архив
Обо мне
Поиск
Меню

Плетень из ивовых прутьев

Прутья режут в феврале, пока по ним не пошёл сок. Три недели они лежат в ручье, чтобы гнулись, а кто начинает раньше \
срока, слышит, как они ломаются.

Что понадобится

Колья
дуб или акация, снизу обожжённые
Прутья
двести штук, в рост человека
Инструмент
секач, киянка, кожаные рукавицы

Сборка

Колья вбивают через шаг, на треть длины. Потом каждый прут пропускают то перед кольями, то за ними и подбивают киянкой.

Участок Прутья Часы
Север 80 6
Запад 120 9

После двух зим плетень сереет, а лет через десять меняют первые колья.

Метки: сад, дерево

Ранее

Изгородь осенью
Колодец во дворе

2019 Заметки мастера

Контакты
""",
}
WITHIN = {
    "de": ("Eiche oder Robinie, unten angekohlt", "Hippe, Schlegel, Lederhandschuhe", "Nord 80 6", "West 120 9"),
    "ja": ("樫かニセアカシア、先を焼いたもの", "鉈、木槌、革の手袋", "北側 80 6", "西側 120 9"),
    "ru": ("дуб или акация, снизу обожжённые", "секач, киянка, кожаные рукавицы", "Север 80 6", "Запад 120 9"),
}
AROUND = {"de": ("Startseite", "Impressum"), "ja": ("ホーム", "お問い合わせ"), "ru": ("Главная", "Контакты")}


def judged(text: str, *unlikely: str) -> tuple[Judged, Bools]:
    """Return a capture with a likely probability for all lines but some, and the choice of the likely ones."""
    known = look(view(split_lines(text)))
    likely = np.array([line.text not in unlikely for line in known.page.lines], np.bool_)
    return Judged(known.page, known.columns, np.where(likely, 0.7, 0.1).astype(np.float32)), likely


def texts(judged: Judged, chosen: Bools) -> list[str]:
    """Return the texts of the chosen lines."""
    return [line.text for line, is_chosen in zip(judged.page.lines, chosen, strict=True) if is_chosen]


@pytest.mark.parametrize("language", FENCE)
def test_lists_and_tables_within_the_text_of_a_page_in_doubt_are_kept(language: str) -> None:
    page = read(FENCE[language])
    kept = [line.text for line in page.body]
    assert set(WITHIN[language]) <= set(kept)
    assert LAST[language] in kept
    assert not {*AROUND[language]} & {*kept}


@pytest.mark.parametrize("language", FENCE)
def test_lines_that_the_model_rules_out_make_a_page_no_less_sure(language: str) -> None:
    known = look(view(split_lines(FENCE[language])))
    page = read(FENCE[language])
    first = load_for(known.page).judge(known).probability
    kept = {line.text for line in page.body}
    likely = [p for line, p in zip(known.page.lines, first.tolist(), strict=True) if line.text in kept and p >= FLOOR]
    assert len(likely) < len(kept)
    assert page.confidence >= min(likely)


@pytest.mark.parametrize("language", FENCE)
def test_unlikely_lines_between_likely_ones_are_kept(language: str) -> None:
    page, chosen = judged(FENCE[language], *WITHIN[language])
    assert keep_between(page, chosen).all()


@pytest.mark.parametrize(
    "furniture",
    ["Teilen\n\nAuf Facebook teilen", "[Ein Zaun im Schnee]", "Datenschutz", "Hier klicken", "Kommentare"],
)
def test_furniture_between_likely_lines_is_left_out(furniture: str) -> None:
    text = FENCE["de"].replace("Der Aufbau\n", f"Der Aufbau\n\n{furniture}\n")
    lines = [line for line in furniture.split("\n") if line]
    page, chosen = judged(text, *lines)
    assert not {*lines} & {*texts(page, keep_between(page, chosen))}


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Tag zwei: Zurück", "Startseite"),
        ("von acht bis achtzehn Uhr", "von Ada Lund"),
        ("Mehr Ruten", "Archiv der Seite"),
    ],
)
def test_a_word_of_furniture_tells_nothing_by_itself(line: str, following: str) -> None:
    text = FENCE["de"].replace("Der Aufbau\n", f"Der Aufbau\n\n{line}\n")
    page, chosen = judged(text, line)
    assert line in texts(page, keep_between(page, chosen))
    page, chosen = judged(text.replace(f"{line}\n", f"{line}\n{following}\n"), line, following)
    assert not {line, following} & {*texts(page, keep_between(page, chosen))}


def test_a_heading_that_comes_again_is_left_out_the_second_time() -> None:
    text = FENCE["de"].replace("Nord 80 6", "Was man braucht")
    page, chosen = judged(text, "Was man braucht")
    assert texts(page, keep_between(page, chosen)).count("Was man braucht") == 1


def test_many_lines_between_likely_ones_stay_left_out() -> None:
    names = [f"Ort {number}" for number in range(30)]
    page, chosen = judged(FENCE["de"].replace("Nord 80 6", "\n".join(names)), *names)
    assert not {*names} & {*texts(page, keep_between(page, chosen))}


LAST = {
    "de": "Nach zwei Wintern wird der Zaun grau, nach zehn muss man die ersten Pfosten ersetzen.",
    "ja": "二度冬を越すと垣根は灰色になり、十年たつと最初の杭を取り替えることになります。",
    "ru": "После двух зим плетень сереет, а лет через десять меняют первые колья.",
}


def from_the_table_on(language: str) -> list[str]:
    """Return the rows of a page from its table on."""
    above, row, below = FENCE[language].partition(WITHIN[language][-2])
    return [*above.rpartition("\n\n")[2].split("\n"), row, *below.split("\n")]


@pytest.mark.parametrize("language", LAST)
def test_the_last_sentence_is_kept_with_the_table_above_it(language: str) -> None:
    page, chosen = judged(FENCE[language], *from_the_table_on(language))
    kept = texts(page, keep_below(page, chosen))
    assert kept[-1] == LAST[language]
    assert {*WITHIN[language][-2:]} <= {*kept}


@pytest.mark.parametrize("furniture", ["Kommentare", "Newsletter abonnieren", "Drucken"])
def test_nothing_is_kept_below_furniture(furniture: str) -> None:
    text = FENCE["de"].replace(LAST["de"], f"{furniture}\n\n{LAST['de']}")
    page, chosen = judged(text, *from_the_table_on("de"), furniture)
    assert LAST["de"] not in texts(page, keep_below(page, chosen))


def test_a_sentence_about_something_else_is_not_kept_below() -> None:
    said = [
        f"Die Pfosten und Ruten für den Zaun {verb} wir im Winter am Bach." for verb in ("holen", "wässern", "biegen")
    ]
    same = "Die Ruten und Pfosten für unseren Zaun kosten im Winter fast nichts."
    other = "Minister Kolb reist nach Straßburg, verhandelt Zölle, Quoten und Fördermittel."
    page, chosen = judged("\n\n".join([*said, *said, same, other]), same, other)
    assert texts(page, keep_below(page, chosen))[-1] == same


@pytest.mark.parametrize("headline", ["Neues vom Bach", "Ein Zaun im Schnee", "Ruten zu verschenken"])
def test_a_teaser_below_the_text_is_left_out(headline: str) -> None:
    verbs = ("holen", "wässern", "biegen")
    said = [f"Die Pfosten und Ruten für den Zaun {verb} wir im Winter am Bach." for verb in verbs]
    teaser = "Die Ruten und Pfosten für unseren Zaun kosten im Winter fast nichts."
    page, chosen = judged("\n\n".join([*said, *said, headline, teaser]), headline, teaser)
    assert texts(page, keep_below(page, chosen))[-1] == said[-1]
    page, chosen = judged("\n\n".join([*said, *said, teaser]), teaser)
    assert texts(page, keep_below(page, chosen))[-1] == teaser
