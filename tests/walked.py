"""Walk the reading room with whatever Datasette is found first: `python -m tests.walked ARCHIVE NAME` prints JSON.

No browser is needed.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from importlib import import_module
from typing import Any

import httpx

from tests.browsing import plug_in

PAGES = [
    "/", "/search?q=ferry", "/pages", "/duplicates", "/rejected", "/runs", "/dashboard", "/questions", "/corrections",
    "/marks", "/compare?article=1", "/NAME/articles/1", "/NAME/pages/1", "/NAME/pages/1/saved",
    "/NAME/pages/1/saved.html",
    "/NAME/runs/1", "/NAME", "/NAME/articles", "/NAME/texts", "/NAME/articles.csv",
    "/NAME/articles/1.json?_shape=array",
    "/NAME/articles.json?_search=ferry", "/NAME/new_since?since=2024", "/room.js", "/-/versions.json",
]  # fmt: skip
HEAVY = "select length(hex(zeroblob(400000000))) as n"


def served(archive: str) -> Any:
    """Return Datasette with the reading room."""
    plug_in()
    return import_module("datasette.app").Datasette([archive], settings={"suggest_facets": False})


async def walk(archive: str, name: str) -> dict[str, Any]:
    """Return what an archive's pages answer, and what comes of marks and corrections."""
    datasette = served(archive)
    await datasette.invoke_startup()
    transport = httpx.ASGITransport(app=datasette.app(), client=("127.0.0.1", 1), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        versions = (await browser.get("/-/versions.json")).json()
        found: dict[str, Any] = {"version": versions["datasette"]["version"], "pages": {}}
        for address in PAGES:
            answer = await browser.get(address.replace("NAME", name))
            policy = answer.headers.get("content-security-policy", "")
            found["pages"][address] = [answer.status_code, policy.partition(";")[0]]
        found["heavy"] = (await browser.get(f"/{name}/-/query.json", params={"sql": HEAVY})).status_code
        if found["heavy"] == 404:
            found["heavy"] = (await browser.get(f"/{name}.json", params={"sql": HEAVY})).status_code
        found["questions"] = re.findall(rf'href="/{name}/(\w+)"', (await browser.get("/questions")).text)
        found["described"] = "One row per article" in (await browser.get(f"/{name}/articles")).text
        found["foreign name"] = (await browser.get("/", headers={"host": "evil.example"})).status_code
        sent = {"sec-fetch-site": "cross-site"}
        found["foreign query"] = (await browser.get(f"/{name}/articles?id=1", headers=sent)).status_code
        return {**found, **await _forms(browser, name)}


async def _forms(browser: httpx.AsyncClient, name: str) -> dict[str, Any]:
    form = {"action": "star", "article": "1"}
    without = [(await browser.post("/mark", data=form)).status_code]
    page = await browser.get(f"/{name}/articles/1")
    found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    token = {"csrftoken": found[1] if found else ""}
    without.append((await browser.post("/mark", data={**form, "csrftoken": "x" * len(token["csrftoken"])})).status_code)
    elsewhere = {"sec-fetch-site": "cross-site"}
    without.append((await browser.post("/mark", data={**form, **token}, headers=elsewhere)).status_code)
    said = {"action": "set", "of": "page", "id": "1", "field": "title", "value": "Another title"}
    sent = [(await browser.post("/mark", data={**form, **token})).status_code]
    sent.append((await browser.post("/correct", data={**said, **token})).status_code)
    after = (await browser.get(f"/{name}/articles/1")).text
    return {"refused": without, "sent": sent, "shown": ["★ Starred" in after, "title: Another title" in after]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(walk(sys.argv[1], sys.argv[2]))))
