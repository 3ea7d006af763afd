"""Fetch some addresses with the handler of live sites, in a child process, since Twisted's reactor starts only once.

    python -m tests.fetching < REQUESTS.json, {"settings": {…}, "urls": […], "headers": {…}}

Prints one JSON object for each address, one after the other: what was exchanged, or what was raised.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from crawler.fetch.guard import PrivateHostError
from crawler.fetch.wire import NoAnswer, WireHandler
from tests.conftest import PROJECT

SETTINGS = {"DOWNLOAD_TIMEOUT": 5, "DOWNLOAD_MAXSIZE": 1 << 20, "PRIVATE_HOSTS": "127.0.0.0/8"}


def fetched(*urls: str, env: dict[str, str] | None = None, **settings: Any) -> list[dict[str, Any]]:
    """Return what came of fetching the addresses; bytes are text in Latin-1."""
    given = {"settings": SETTINGS | settings, "urls": urls, "headers": {"User-Agent": "winnow", "accept": "text/html"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetching"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=PROJECT,
        timeout=120,
        env=env,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    return found


async def _fetch(given: dict[str, Any]) -> None:
    crawler: Any = SimpleNamespace(settings=Settings(given["settings"]))
    handler = WireHandler.from_crawler(crawler)
    for url in given["urls"]:
        request = Request(url, headers=given["headers"])
        told: dict[str, Any] = {}
        exchange = None
        try:
            await handler.download_request(request)
            exchange = request.meta["exchange"]
        except NoAnswer as error:
            told = {"error": "NoAnswer", "why": error.why, "detail": error.detail}
            exchange = error.exchange
        except PrivateHostError as error:
            told = {"error": "PrivateHostError", "why": str(error)}
        values = asdict(exchange) if exchange else {}
        shown = {name: value.decode("latin-1") if isinstance(value, bytes) else value for name, value in values.items()}
        print(json.dumps({"error": None} | told | shown), flush=True)
    await handler.close()


def _main() -> None:
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor  # noqa: PLC0415 (the one that was installed)

    running: Any = reactor
    tasks = []

    async def fetch() -> None:
        try:
            await _fetch(json.load(sys.stdin))
        finally:
            running.stop()

    running.callWhenRunning(lambda: tasks.append(asyncio.ensure_future(fetch())))
    running.run()
    tasks[0].result()


if __name__ == "__main__":
    _main()
