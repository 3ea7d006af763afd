"""Links through services that count or check them lead where a reader would come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from winnow.items import Page
from winnow.read.page import read_page
from winnow.read.redirects import led_to

TARGET = "https://court.example/verdict?a=1&b=2"
QUOTED = "https%3A%2F%2Fcourt.example%2Fverdict%3Fa%3D1%26b%3D2"
THROUGH = [
    f"https://www.google.com/url?q={QUOTED}&sa=D&source=editors&ust=17&usg=AOv",
    f"https://www.google.co.uk/url?sa=t&url={QUOTED}",
    f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=05%7C02%7C&reserved=0",
    f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
    f"https://www.youtube.com/redirect?event=video_description&q={QUOTED}&v=x",
    f"https://vk.com/away.php?to={QUOTED}",
    f"https://link.zhihu.com/?target={QUOTED}",
    f"https://slack-redir.net/link?url={QUOTED}",
    f"https://duckduckgo.com/l/?uddg={QUOTED}&rut=1",
    f"https://urldefense.com/v3/__{TARGET}__;!!abc",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__court.example_verdict-3Fa-3D1-26b-3D2&d=Dw",
]
AS_GIVEN = [
    TARGET,
    f"https://www.google.com/search?q={QUOTED}",
    f"https://www.youtube.com/watch?v=x&q={QUOTED}",
    "https://www.google.com/url?q=javascript:alert(1)http",
    f"https://notgoogle.example/url?q={QUOTED}",
    f"https://myfacebook.com/l.php?u={QUOTED}",
    "https://[broken/url?q=http://a.example/",
    "/url?q=https://court.example/",
    "https://vk.com/away.php?to=",
]


@pytest.mark.parametrize("address", THROUGH)
def test_a_link_through_a_service_leads_to_its_target(address: str) -> None:
    assert led_to(address) == TARGET


@pytest.mark.parametrize("address", AS_GIVEN)
def test_any_other_link_leads_where_it_says(address: str) -> None:
    assert led_to(address) == address


@given(st.text() | st.builds("https://www.google.com/url?q={}&url={}http".format, st.text(), st.text()))
def test_no_address_breaks_it(address: str) -> None:
    assert led_to(address) == address or led_to(address).startswith(("http://", "https://"))


def test_an_article_links_to_the_target() -> None:
    link = f'<p>{sentences(5)[0]} <a href="{THROUGH[0].replace("&", "&amp;")}">The verdict</a> is online.</p>'
    page = html_page("The lock is mended", sentences(7)).replace("</p>", f"</p>{link}", 1)
    article = read_page(Page("a.html", body=page.encode())).article
    assert article
    assert f"[The verdict]({TARGET})" in article.markdown
