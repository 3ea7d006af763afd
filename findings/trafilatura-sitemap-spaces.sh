#!/usr/bin/env bash
# trafilatura (2.3.1) passes over each address of a sitemap before which a space or a new line stands, and says nothing.
#
# Sitemaps that programs indent have the address on a line of its own within `<loc>`. The schema of sitemaps makes it an `xsd:anyURI`, whose
# blanks around it do not count, and Scrapy and trafilatura's own reader of feeds strip them. `SitemapObject`, by which `sitemap_search` reads
# each file, asks if the text begins with `http` before it strips it: of such a sitemap no page is known, and of an index of sitemaps no
# sitemap, so that a site seems to have none. A blank behind the address does no harm.
#
# Seen with trafilatura 2.3.1, Scrapy 2.19.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6 scrapy==2.19.0
"$place/bin/python" - <<'END'
from scrapy.utils.sitemap import Sitemap
from trafilatura.feeds import FeedParameters, extract_links
from trafilatura.sitemaps import SitemapObject

SITE = "https://paper.example"
PLACES = {"close": "{}", "blank behind": "{} ", "blank before": " {}", "lines": "\n      {}\n    "}
LISTS = {
    f"{SITE}/news/storm": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc></url></urlset>',
    f"{SITE}/sitemap-2024.xml": '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{}</loc></sitemap></sitemapindex>',
}
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><item><link>{}</link></item></channel></rss>'
for name, place in PLACES.items():
    for address, written in LISTS.items():
        content = '<?xml version="1.0" encoding="UTF-8"?>' + written.format(place.format(address))
        sitemap = SitemapObject(SITE, "paper.example", [f"{SITE}/sitemap.xml"])
        sitemap.current_url, sitemap.content = sitemap.sitemap_urls.pop(), content
        sitemap.process()
        found, by_scrapy = sitemap.urls + sitemap.sitemap_urls, [entry["loc"] for entry in Sitemap(content.encode())]
        print(f"{name:12} trafilatura: {found}, Scrapy: {by_scrapy}")
        assert found == ([] if name in ("blank before", "lines") else [address]), (name, found)
        assert by_scrapy == [address]
    story = f"{SITE}/news/storm"
    assert extract_links(FEED.format(place.format(story)), FeedParameters(SITE, "paper.example", f"{SITE}/feed")) == [story]
END
