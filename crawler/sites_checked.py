"""What `scrapy sites check` does and prints: a look at a site, over the network and politely, that stores nothing."""

from __future__ import annotations

from collections.abc import Iterator

from winnow.items import WinnowError
from winnow.sites.addresses import Scope
from winnow.sites.check import Look, SourceFound, look
from winnow.text import counted, one_line

from .fetch.asking import Asking


async def checked(url: str, agent: str, ask: Asking) -> str:
    """Return what a site says of itself, for a person. `url` is clean. Raises `WinnowError` if it cannot be read."""
    found = await look(url, Scope.of(url), agent, ask)
    home = found.home
    if home.why or home.status != 200:
        raise WinnowError(f"{one_line(home.url)} cannot be read: {home.why or f'status {home.status}'}")
    return "\n".join(_told(found))


def _told(found: Look) -> Iterator[str]:
    yield f"{found.home.url}: status {found.home.status}, {len(found.home.body):,} bytes"
    if found.opt_out:
        yield f"  opts out by {one_line(found.opt_out)}: pages that do so are not kept"
    delay = found.robots.crawl_delay
    yield f"robots.txt: {found.robots.why}" + (f", {delay:g} s between two requests" if delay else "")
    yield "feeds and sitemaps:" if found.sources else "feeds and sitemaps: none; links alone lead to its pages"
    yield from (f"  {source.kind:8} {source.url}: {_names(source)}" for source in found.sources)
    if found.left_out:
        yield f"  and {counted(found.left_out, 'more feed or sitemap')} that a crawl asks for"
    counts = found.counts()
    asked, others = counts.pop(None, 0), sum(counts.values())
    reasons = ", ".join(f"{count:,} {why}" for why, count in counts.most_common())
    yield f"addresses: {asked:,} would be asked" + (f", {others:,} would not: {reasons}" if others else "")
    yield from (f"  {one_line(each.url)}" + (f": {each.why}" if each.why else "") for each in found.samples())
    yield f"`scrapy sites add {found.url}` adds the site"


def _names(source: SourceFound) -> str:
    """Return what a feed or sitemap names."""
    if source.problem:
        return source.problem
    names = [counted(source.children, "sitemap")] if source.children else []
    names += [f"{source.addresses:,} address{'es' if source.addresses != 1 else ''}"] if source.addresses else []
    newest = f", the newest of {source.newest:%Y-%m-%d}" if source.newest else ""
    return (" and ".join(names) or "names nothing") + newest
