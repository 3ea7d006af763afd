#!/usr/bin/env bash
# pywb (2.10.0) shows the page `…/watch?v=DqW4` where one asks for `…/watch?v=dQw4`, although its archive holds both.
#
# An index of a web archive (CDX) has a key for each address, so that captures of one page stand together. The key is in small letters, also
# path and query, which tell pages apart: numbers of films, short links and names in wikis. It leaves out `www.` and a slash at the end, too.
# pywb looks for a key, also with `matchType=exact`, and shows the capture that is next to the moment asked for, whatever its address is. A link of a
# replayed page so leads to another page, under the address of the link, and without a moment to whichever was captured last.
# What cdxj-indexer writes is the same, and so is the index of the Wayback Machine. The field `url` has the address; one has to compare it oneself.
#
# Seen with pywb 2.10.0, cdxj-indexer 1.5.0, warcio 1.8.1, surt 0.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check \
    pywb==2.10.0 cdxj-indexer==1.5.0 warcio==1.8.1 surt==0.3.1 setuptools==80.9.0
cd "$place"
"$place/bin/python" -W ignore - 2> told <<'END' || { cat told >&2; exit 1; }
import json
from contextlib import redirect_stdout
from io import BytesIO, StringIO

from cdxj_indexer.main import CDXJIndexer
from pywb.apps.frontendapp import FrontEndApp
from pywb.manager.manager import main as manage
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from werkzeug.test import Client

SITE = "http://paper.example"
PAGES = {  # in the order of their captures, a day apart
    "/watch?v=dQw4": "a film of the lake",
    "/watch?v=DqW4": "a film of the river",
    "/wiki/Polish": "the language",
    "/wiki/polish": "what makes shoes shine",
}
with open("paper.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    for day, (path, body) in enumerate(PAGES.items(), 1):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        moment = {"WARC-Date": f"2024-03-0{day}T10:00:00Z"}
        writer.write_record(
            writer.create_warc_record(SITE + path, "response", BytesIO(body.encode()), http_headers=head, warc_headers_dict=moment)
        )

index = StringIO()
CDXJIndexer(index, ["paper.warc.gz"]).process_all()
print(index.getvalue())
lines = index.getvalue().splitlines()
assert {line.split()[0] for line in lines} == {"example,paper)/watch?v=dqw4", "example,paper)/wiki/polish"}

with redirect_stdout(StringIO()):
    manage(["init", "paper"])
    manage(["add", "paper", "paper.warc.gz"])
    client = Client(FrontEndApp(custom_config={"debug": False}))


def shown(path: str, moment: str = "") -> str:
    """Return the page that the archive shows for an address, at a moment or at none."""
    with redirect_stdout(StringIO()):  # of what the server says
        return client.get(f"/paper/{moment}id_/{SITE}{path}", follow_redirects=True).get_data(as_text=True)


for path, body in PAGES.items():
    print(f"{path:16} {body:24} now: {shown(path):24} on 1 March: {shown(path, '20240301100000')}")
assert [shown(path) for path in PAGES] == ["a film of the river"] * 2 + ["what makes shoes shine"] * 2
assert shown("/watch?v=DqW4", "20240301100000") == "a film of the lake"
assert shown("/watch?v=DQW4") == "a film of the river"  # which was never captured
with redirect_stdout(StringIO()):
    found = client.get(f"/paper/cdx?url={SITE}/watch?v%3DdQw4&matchType=exact&output=json").get_data(as_text=True)
print(found)
assert [json.loads(line)["url"] for line in found.splitlines()] == [SITE + "/watch?v=dQw4", SITE + "/watch?v=DqW4"]
END
