"""Pieces that a server sends later than their places stand in their places, as a browser shows them."""

from __future__ import annotations

import pytest

from .test_htmlpage_shown import lines

TEXTS = {
    "en": ("The ferry left at dawn.", "Nine crates stood on deck.", "Nobody waved."),
    "de": ("Die Fähre legte im Morgengrauen ab.", "Neun Kisten standen an Deck.", "Niemand winkte."),
    "ja": ("船は夜明けに出た。", "甲板には箱が九つあった。", "誰も手を振らなかった。"),
}
CALL = '<script>$R{}("{}","{}")</script>'


def streamed(shell: str, *pieces: str) -> list[str]:
    return lines(f"<html><body><main>{shell}</main><footer>Harbour</footer>{''.join(pieces)}</body></html>")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("call", ["C", "R"])
def test_a_piece_stands_where_its_template_was(call: str, language: str) -> None:
    first, second, third = TEXTS[language]
    shell = f'<p>{first}</p><!--$?--><template id="B:0"></template><!--/$--><p>{third}</p>'
    piece = f'<div hidden id="S:1"><p>{second}</p></div>{CALL.format(call, "B:0", "S:1")}'
    assert streamed(shell, piece) == [first, second, third, "Harbour"]


@pytest.mark.parametrize("language", TEXTS)
def test_pieces_may_hold_the_places_of_others_and_come_in_any_order(language: str) -> None:
    first, second, third = TEXTS[language]
    outer = f'<div hidden="" id="S:0"><p>{first}</p><template id="P:2"></template><p>{third}</p></div>'
    inner = f'<div hidden="" id="S:2"><p>{second}</p></div>'
    calls = (CALL.format("S", "S:2", "P:2"), CALL.format("C", "B:0", "S:0"))
    for pieces in ((outer, inner), (inner, outer)):
        for ordered in (calls, calls[::-1]):
            assert streamed('<template id="B:0"></template>', *pieces, *ordered) == [first, second, third, "Harbour"]


@pytest.mark.parametrize("language", TEXTS)
def test_a_piece_without_a_place_stays(language: str) -> None:
    first, second, _ = TEXTS[language]
    piece = f'<div hidden id="S:1"><p>{second}</p></div>'
    shell = f'<p>{first}</p><template id="B:0"></template>'
    for call in ("", CALL.format("C", "B:7", "S:1"), CALL.format("C", "S:1", "S:1"), CALL.format("C", "B:0", "S:9")):
        assert streamed(shell, piece, call) == [first, "Harbour", second]


def test_a_piece_that_holds_its_own_place_stays() -> None:
    piece = '<div hidden id="S:1"><p>Boats</p><template id="B:0"></template></div>'
    assert streamed("<p>Tide</p>", piece, CALL.format("C", "B:0", "S:1")) == ["Tide", "Harbour", "Boats"]
