"""Settings of the Scrapy project. Beside each default of Scrapy that is changed stands the reason."""

import os
import sys
from pathlib import Path

from winnow import garbage

garbage.calm()  # here, since these settings are the first of Winnow that Scrapy imports

# Set before numpy is imported: its linear algebra, which only workers use, would start a spinning thread for each core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# In a checkout `crawler` and `pipelines` are packages of their own; installed, they are parts of `winnow`.
_inside = __name__.removesuffix("crawler.settings")

BOT_NAME = "winnow"
SPIDER_MODULES = [f"{_inside}crawler.spiders"]
# Scrapy imports all commands to run one: so it is shown no other where the arguments name one of Winnow's.
_named = next((each for each in sys.argv[1:] if not each.startswith("-")), "")
_is_own = _named.isidentifier() and Path(__file__).with_name("commands").joinpath(f"{_named}.py").is_file()
COMMANDS_MODULE = f"{_inside}crawler.commands" + (f".{_named}" if _is_own else "")

# --- Winnow's own settings; read by winnow.runs.options ------------------------------------------------------------
DATABASE = "articles.db"
WORKERS = 0  # worker processes; 0: one for each core that may be used
MAX_PAGE_BYTES = 20 * 1024 * 1024  # bytes of a file, and of what a .gz unpacks to; larger pages are rejected unread
JSONL_FIELDS: dict[str, str] = {}  # names of the fields of JSON Lines, beside those in common use
KINDS = "all"  # kinds of pages that make articles, such as "article,discussion"
KEEP_COMMENTS = False  # whether the comments below an article are part of its text
MAX_VANISHED = 0.5  # share of a source's pages that may be gone since its last good run
VERIFY_DAYS = 0  # days in which all unchanged files are read anew, a share of them each run; 0: never
CACHE_MB = 64  # MiB of memory for known texts and pages of the database file, whatever the size of the database
PAGE_CPU_SECONDS = 30  # CPU time that a page may take
PAGE_WALL_SECONDS = 600  # backstop for a page that hangs without computing
WORKER_MEMORY_MB = 2048  # MiB of address space of a worker process
WORKER_PAGES = 500  # pages after which a worker is replaced, since the libraries' caches grow

# --- Live sites; read by winnow.sites.options --------------------------------------------------------------------
SITES_FOLDER = "sites"  # the ledger of the sites and what was fetched from them
USER_AGENT_CONTACT = ""  # whom a site may write to, an address of mail or of a page; nothing is fetched without it
DELAY = 1.0  # seconds between two requests to a host; a site may ask for more
MAX_NEW = 2000  # new addresses that a site may get in a run
OPT_OUT = "noindex,noai,tdm-reservation"  # what a page may say that keeps it from being kept; also: noarchive
FETCH_MINUTES = 0  # minutes that a run may fetch; 0: as long as anything is due
ARCHIVE_INDEX = "https://web.archive.org/cdx/search/cdx"  # whom `scrapy sites add --archive` asks for gone pages
ARCHIVE_PAGES = "https://web.archive.org/web/{timestamp}id_/{url}"  # where that archive has them
PRIVATE_HOSTS = ""  # private hosts that may be asked all the same: names, addresses, networks

# --- The path ----------------------------------------------------------------------------------------------------
ITEM_PIPELINES = {
    f"{_inside}pipelines.item_pipelines.ExtractPipeline": 100,
    f"{_inside}pipelines.item_pipelines.DedupePipeline": 200,
    f"{_inside}pipelines.item_pipelines.StorePipeline": 300,
}
# Default: also the telnet console and the remote control, whose web server takes .1 s to import though both are off,
# and the feed exporter, which `ArticleFeed` replaces: it exports each article once, in its last state.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
}
EXTENSIONS = {f"{_inside}crawler.extensions.feed.ArticleFeed": 0, f"{_inside}crawler.extensions.progress.Progress": 0}
FEED_EXPORT_ENCODING = "utf-8"  # default: ASCII with escapes in JSON

# --- Local files -------------------------------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "file": None,  # worker processes read the files
    "http": None,  # nothing is ever fetched from a network
    "https": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"  # default: addresses of IPv4 only; used by live sites
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}  # default: robots.txt, cookies, redirects, retries, …: not for files
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # default: HTTP errors, referers, depth, …

# --- Safety and silence ------------------------------------------------------------------------------------------
PROGRESS_ENABLED = None  # the progress bar: on a terminal only
TELNETCONSOLE_ENABLED = False  # default True: listens on a port
REMOTE_CONTROL_ENABLED = False  # default True: runs Python that is sent to it
LOG_LEVEL = "WARNING"  # default DEBUG; the summary and the database say what happened
LOG_FORMATTER = f"{_inside}crawler.logformatter.PageLogFormatter"  # never logs a page's text
LOGSTATS_INTERVAL = 0
MEMUSAGE_ENABLED = False
