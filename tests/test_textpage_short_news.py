# ruff: noqa: E501
"""Captures of short news in the furniture of blogs: the last sentence, the headline among bars, who wrote it."""

from __future__ import annotations

import pytest

from winnow.read.plain import read

# Section, headline, the paragraphs with a heading among them, and the rows below: share, tags, next, previous, archive.
NEWS = {
    "de": (
        "Lokales",
        "Stadtrat verschiebt die Reparatur der Fähre auf das Frühjahr",
        (
            "Der Stadtrat beriet am Dienstagabend lange über die Zukunft der Fähre, die seit vierzig Jahren die Insel mit dem Festland verbindet, und verschob die Reparatur.",
            "Die Bürgermeisterin sagte gestern, dass die alte Fähre nicht vor dem Winter repariert wird, weil das Geld für den Motor nicht reicht, und dass die Leute von der Insel so lange mit kleinen Booten fahren.",
            "Der zuständige Ingenieur erklärte, die Teile für den Motor würden nur in einer einzigen Werkstatt gefertigt, und die Lieferung dauere mindestens vier Monate.",
            "Was die Fischer sagen",
            "Die Fischer sagen, der Winter werde hart, weil die Wellen hoch sind und die kleinen Boote nicht reichen, um den Fang jeden Morgen zum Markt zu bringen.",
            "Am Donnerstag findet in der Aula der alten Schule ein offenes Treffen mit den Bewohnern statt.",
        ),
        ("Teilen", "Fähre", "Hafen", "Neuer", "Fähre 24", "Älter", "Archiv"),
    ),
    "ja": (
        "地域",
        "市、渡し船の修理を春まで延期",
        (
            "市議会は火曜日の夜、四十年にわたって島と本土を結んできた渡し船の今後について長時間議論し、修理を来年の春まで延期することを決めた。",
            "市長はきのう、古い渡し船はエンジンを直すお金が足りないため冬になる前には修理されないと述べ、島に住む人たちはそれまで小さな舟で海を渡ることになると話した。",
            "担当の技師によると、エンジンの部品を作っている工場は一か所しかなく、届くまでに少なくとも四か月はかかるという。",
            "漁師たちの声",
            "漁師たちは、波が高く、小さな舟では毎朝市場まで魚を運びきれないため、厳しい冬になりそうだと話している。",
            "木曜日には旧校舎の講堂で、住民が誰でも参加できる説明会が開かれる予定だ。",
        ),
        ("共有", "渡し船", "港", "新しい記事", "渡し船 24", "古い記事", "アーカイブ"),
    ),
    "zh": (
        "本地",
        "市政府把渡船的修理推迟到春天",
        (
            "市议会星期二晚上就四十年来连接小岛和大陆的渡船的前途讨论了很久，最后决定把修理推迟到明年春天再进行。",
            "市长昨天说，旧渡船在冬天以前不会修好，因为修理发动机的钱不够，岛上的居民在那之前只能坐小船过海。下一次会议将在明年春天举行，所有人都可以参加。",
            "负责的工程师解释说，发动机的零件只有一家工厂能做，从订货到送达至少需要四个月的时间。",
            "渔民怎么说",
            "渔民们说，今年冬天会很难过，因为海浪很高，小船又不够每天早上把鱼运到市场上去卖。",
            "星期四将在旧学校的礼堂里举行一次向岛上所有居民开放的说明会。",
        ),
        ("分享", "渡船", "港口", "上一篇", "渡船 24", "下一篇", "归档"),
    ),
}


def capture(language: str, *, above: tuple[str, ...] = ("Porto", "2023-07-23"), more: str = "") -> str:
    """Return a capture; `more` stands below its last paragraph."""
    section, title, text, below = NEWS[language]
    lines = [*above, section, title, *text, *([more] if more else []), *below, title, "© 2023 Porto"]
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize("language", NEWS)
def test_the_last_sentence_is_kept_where_no_other_is_left_out(language: str) -> None:
    *_, text, _ = NEWS[language]
    assert text[-1] in read(capture(language)).text


@pytest.mark.parametrize(
    ("language", "appeal"),
    [
        ("de", "Melden Sie sich jetzt für unseren Newsletter an und lesen Sie jeden Morgen das Neueste aus dem Hafen."),
        ("zh", "订阅我们的电子报，每天早上把港口的最新消息发到您的邮箱里，随时可以取消订阅。"),
    ],
)
def test_what_asks_the_reader_is_no_last_sentence(language: str, appeal: str) -> None:
    assert appeal not in read(capture(language, more=appeal)).text


def test_a_bar_around_the_headline_is_not_the_title() -> None:
    title = NEWS["ja"][1]
    assert read(capture("ja", above=(f"みなと新聞 {title} ホームに戻る",))).title == title


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Veröffentlicht am 2023-08-26 Aktualisiert am 2024-08-12 Ada Lund Lokales"),
        ("ja", "作成日 2023-02-04 | 更新日 2024-06-03"),
        ("zh", "发布于 2023-02-04 更新于 2024-06-03"),
    ],
)
def test_a_line_of_days_is_not_the_title(language: str, line: str) -> None:
    assert read(capture(language, above=("Porto", line))).title in (None, NEWS[language][1])


@pytest.mark.parametrize(
    ("byline", "below", "author"),
    [
        ("Veröffentlicht am 2023-08-26 Ada Lund Lokales", "Lokales: Boote", "Ada Lund"),
        ("Veröffentlicht am 2023-08-26 Ada Elin Lund", "Lokales: Boote", "Ada Elin Lund"),
        ("Veröffentlicht am 2023-08-26 María José de la Fuente", "Lokales: Boote", "María José de la Fuente"),
        ("2023-08-26", "Porto Gazeta", None),
    ],
)
def test_the_name_beside_the_day_is_the_authors(byline: str, below: str, author: str | None) -> None:
    _, title, text, rows = NEWS["de"]
    lines = ["Porto Gazeta", byline, title, *text, *rows, below, "© 2023 Porto"]
    assert read("\n\n".join(lines) + "\n").byline == author
