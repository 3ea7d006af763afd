#!/usr/bin/env bash
# Scrapy (2.19.0) does not look at the status of robots.txt: a site that answers 503 is crawled, and the text of an error page makes rules.
#
# RFC 9309 (2.3.1.4) has a crawler ask for nothing while robots.txt is out of reach, that is, answers 5xx: a site that is down or closed
# for repair cannot say what it wants. ROBOTSTXT_OBEY gives whatever body comes to the parser. The words of a 503 hold no rule, and all is
# allowed, for the rest of the run. A 404 means that there are no rules (2.3.1.3); where the page that comes with it speaks of
# robots.txt, lines of its text count as rules. A count of statuses in the statistics is all that tells.
#
# Seen with Scrapy 2.19.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check scrapy==2.19.0
"$place/bin/python" - <<'END'
import subprocess
import sys

SITE = '''
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from scrapy import Spider
from scrapy.crawler import CrawlerProcess

status, body = int(sys.argv[1]), sys.argv[2].encode()
asked = []


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        is_robots = self.path == "/robots.txt"
        self.send_response(status if is_robots else 200)
        self.end_headers()
        self.wfile.write(body if is_robots else b"<p>A page</p>")

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
Thread(target=server.serve_forever, daemon=True).start()


class Reader(Spider):
    name = "reader"
    start_urls = [f"http://127.0.0.1:{server.server_port}/page"]

    def parse(self, response):
        pass


process = CrawlerProcess({"ROBOTSTXT_OBEY": True, "LOG_ENABLED": False, "RETRY_TIMES": 0, "TELNETCONSOLE_ENABLED": False})
process.crawl(Reader)
process.start()
print("/page" in asked)
'''
RULES = "User-agent: *\nDisallow: /\n"
SEEN = {  # whether the page is asked for, by the answer to /robots.txt
    (200, RULES): False,
    (404, "Not found"): True,
    (503, "Closed for repair"): True,
    (404, f"There is no such file.\nTo keep robots out, write:\n{RULES}"): False,
}
for (status, body), is_asked in SEEN.items():
    run = subprocess.run([sys.executable, "-c", SITE, str(status), body], capture_output=True, text=True, check=True)
    print(f"{status}, {body!r}: the page is {'asked for' if run.stdout.strip() == 'True' else 'left alone'}")
    assert run.stdout.strip() == str(is_asked), (status, body)
END
