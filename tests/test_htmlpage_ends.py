"""What ends an article or stands beside its tables: last sentences below a heading, addresses, captions."""

from __future__ import annotations

from tests.test_htmlpage_whole import ABOVE, BELOW, kept


def test_a_heading_stays_with_a_list_whose_items_hold_boxes() -> None:
    items = "".join(f"<li class='level1'><div class='li'>{each}</div></li>" for each in ("Schwimmweste", "Trinkwasser"))
    inside = f"<h2>Was man braucht</h2><div class='level2'><ul>{items}</ul></div><p>{ABOVE}</p>"
    found = kept(f"<p>{ABOVE}</p>{inside}<p>{BELOW}</p>", lambda text: 0.3 if text == "Was man braucht" else 0.6)
    assert "Was man braucht" in found
