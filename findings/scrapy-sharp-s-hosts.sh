#!/usr/bin/env bash
# Scrapy (2.19.0) asks strasse.example where a link leads to straße.example, which is another host; so it does with a Greek ς.
#
# Since IDNA 2008 `ß` and `ς` are letters of host names, .de and .eu register them, and browsers, as requests does, ask for
# xn--strae-oqa.example. w3lib (2.5.0), by which Scrapy writes the addresses of requests and links, uses Python's codec, which is IDNA 2003 and
# writes `ss` and `σ`. The page of whoever holds the other name is stored under an address that no page has, or none is. With the host
# in ASCII in `allow_domains`, as one copies it from the address bar of some browsers, no link to the site is found. Where both hosts
# are crawled, a page of the one is passed over as one of the other that is known. Other names, such as bücher.example, are right.
#
# Seen with Scrapy 2.19.0, w3lib 2.5.0, requests 2.34.2, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check scrapy==2.19.0 w3lib==2.5.0 requests==2.34.2
"$place/bin/python" - <<'END'
import requests
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.request import fingerprint

HOSTS = {  # by Scrapy, and by requests
    "straße.example": ("strasse.example", "xn--strae-oqa.example"),
    "www.großmarkt.example": ("www.grossmarkt.example", "www.xn--gromarkt-sya.example"),
    "ναός.example": ("xn--mxaxt9a.example", "xn--mxaxq3b.example"),
    "bücher.example": ("xn--bcher-kva.example", "xn--bcher-kva.example"),
}
for host, seen in HOSTS.items():
    address = f"https://{host}/news"
    page = HtmlResponse("https://paper.example/", body=f'<a href="{address}">News</a>'.encode(), encoding="utf-8")
    links = [link.url for link in LinkExtractor().extract_links(page)]
    asked = Request(address).url, requests.Request("GET", address).prepare().url
    print(f"{host}: Scrapy {asked[0]}, requests {asked[1]}")
    assert asked == tuple(f"https://{each}/news" for each in seen), asked
    assert [page.follow(link).url for link in links] == [asked[0]] == [page.follow(page.css("a")[0]).url], links
    in_ascii = LinkExtractor(allow_domains=seen[1]).extract_links(page)
    assert bool(in_ascii) == (host == "bücher.example"), in_ascii
assert fingerprint(Request("https://straße.example/news")) == fingerprint(Request("https://strasse.example/news"))
END
