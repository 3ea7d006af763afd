"""The database's schema, as numbered migrations that are applied once each and recorded in the file."""

from __future__ import annotations

import json

from winnow.archive.first_schema import FIRST_SCHEMA
from winnow.archive.index.postings import PostingLists
from winnow.archive.search_indexes import create_fts, create_search
from winnow.archive.sources import named
from winnow.archive.sqlite import Database as Connection
from winnow.archive.texts import SCHEMA as TEXTS
from winnow.archive.utils import Migrations
from winnow.archive.utils import UtilsDatabase as Database
from winnow.archive.words import ARTICLES, REFUSED
from winnow.fingerprint import PARAMETERS, fingerprint
from winnow.text import UNSPACED

migrations = Migrations("winnow")

FTS_COLUMNS = ("title", "description", "text", "author")


@migrations()
def m001_initial(db: Database) -> None:
    """Create pages and what was extracted from them, articles with full-text search, texts, revisions, index, runs."""
    db.executescript(FIRST_SCHEMA)
    create_fts(db, "articles", "id", FTS_COLUMNS)
    db.table("parameters").insert_all({"name": name, "value": json.dumps(value)} for name, value in PARAMETERS.items())


@migrations()
def m002_reading_indexes(db: Database) -> None:
    """Index what the reading room and exports filter, sort and count by, so that no page of the room scans the texts.

    The first two indexes cover every combination of the search filters; the partial ones hold only the rows asked for.
    """
    db.executescript("""
        CREATE INDEX articles_site ON articles (hostname, date, language, section);
        CREATE INDEX articles_date ON articles (date, hostname, language, section);
        CREATE INDEX articles_section ON articles (section);
        CREATE INDEX articles_language ON articles (language);
        CREATE INDEX articles_first_seen ON articles (first_seen);
        CREATE INDEX articles_seen_again ON articles (hostname, page_count) WHERE page_count > 1;
        CREATE INDEX articles_incomplete ON articles (id) WHERE date IS NULL OR author IS NULL;
        CREATE INDEX pages_first_run ON pages (first_run, reason);
        CREATE INDEX pages_least_alike ON pages (similarity) WHERE reason = 'near-duplicate';
        CREATE INDEX revisions_run_id ON revisions (run_id, article_id);
    """)


@migrations()
def m003_containers(db: Database) -> None:
    """Let a page be a record of a container, with the address and the time of its capture."""
    db.executescript("""
        CREATE TABLE containers (
            id INTEGER PRIMARY KEY,
            root TEXT NOT NULL,
            path TEXT NOT NULL,
            kind TEXT NOT NULL,
            size INTEGER,
            modified TEXT,
            ends TEXT,
            position INTEGER,
            lines INTEGER,
            records INTEGER NOT NULL DEFAULT 0,
            passed TEXT NOT NULL DEFAULT '{}',
            last_run INTEGER REFERENCES runs(id),
            UNIQUE (root, path, kind)
        );
        ALTER TABLE pages ADD COLUMN url TEXT;
        ALTER TABLE pages ADD COLUMN captured TEXT;
        ALTER TABLE pages ADD COLUMN container_id INTEGER REFERENCES containers(id);
        CREATE INDEX pages_url ON pages (url, captured) WHERE url IS NOT NULL;
        CREATE INDEX pages_container_id ON pages (container_id, last_run) WHERE container_id IS NOT NULL;
    """)


@migrations()
def m004_revisits(db: Database) -> None:
    """Keep the address and time that a revisit points to, so that an original read after the revisit is found."""
    db.executescript("""
        ALTER TABLE pages ADD COLUMN revisits TEXT;
        ALTER TABLE pages ADD COLUMN revisits_captured TEXT;
        CREATE INDEX pages_waiting ON pages (id) WHERE revisits IS NOT NULL AND reason = 'unreadable';
    """)


@migrations()
def m005_payload_digests(db: Database) -> None:
    """Keep the digests that WARC files state, so that a revisit of another address finds its original."""
    db.executescript("""
        ALTER TABLE pages ADD COLUMN payload_digest TEXT;
        CREATE INDEX pages_payload_digest ON pages (payload_digest) WHERE payload_digest IS NOT NULL;
    """)


@migrations()
def m006_recent_sketches(db: Database) -> None:
    """Keep the newest rows of the index apart until they can be moved to the index in order."""
    db.executescript("""
        CREATE TABLE recent_sketches (
            hash INTEGER NOT NULL,
            page_id INTEGER NOT NULL,
            PRIMARY KEY (hash, page_id)
        ) WITHOUT ROWID;
    """)


@migrations()
def m007_recent_sketches_by_page(db: Database) -> None:
    """Keep the newest rows of the index as one row for each page, so that a batch writes few pages of the file."""
    db.executescript("""
        INSERT OR IGNORE INTO sketches SELECT hash, page_id FROM recent_sketches;
        DROP TABLE recent_sketches;
        CREATE TABLE recent_sketches (
            id INTEGER PRIMARY KEY,
            page_id INTEGER NOT NULL,
            hashes BLOB NOT NULL  -- 32 bits each, signed, the lowest byte first
        );
    """)


@migrations()
def m008_kinds(db: Database) -> None:
    """Keep the kind of each page, and the kind and the Markdown of each article.

    The columns come last in their rows, behind the texts, so that only an index tells kinds quickly. The indexes of the
    search filters begin anew with one column more.
    """
    db.executescript("""
        ALTER TABLE pages ADD COLUMN kind TEXT;
        ALTER TABLE articles ADD COLUMN kind TEXT;
        ALTER TABLE articles ADD COLUMN markdown TEXT;
        DROP INDEX articles_site;
        DROP INDEX articles_date;
        CREATE INDEX articles_site ON articles (hostname, date, language, section, kind);
        CREATE INDEX articles_date ON articles (date, hostname, language, section, kind);
        CREATE INDEX articles_kind ON articles (kind);
        CREATE INDEX pages_refused_kind ON pages (container_id, kind) WHERE outcome = 'rejected' AND kind IS NOT NULL;
    """)


@migrations()
def m009_refused_texts(db: Database) -> None:
    """Keep the best guess at the text of a rejected page, once, and let it be searched."""
    db.execute("CREATE TABLE refused_texts (page_id INTEGER PRIMARY KEY REFERENCES pages(id), text TEXT NOT NULL)")
    create_fts(db, "refused_texts", "page_id", ["text"])


@migrations()
def m010_search_in_every_script(db: Database) -> None:
    """Keep vowel signs with their words in the full-text indexes, and add an index of folded words beside them.

    The new index holds no text, since triggers cannot fold: what is to be indexed waits in `articles_due`, with what
    the index holds of it so far, which SQLite before 3.43 must be told to take it out.
    """
    for table, key, names in (("articles", "id", FTS_COLUMNS), ("refused_texts", "page_id", ["text"])):
        triggers = "".join(f"DROP TRIGGER {table}_{on};" for on in ("ai", "ad", "au"))
        db.executescript(f"{triggers} DROP TABLE {table}_fts;")
        create_fts(db, table, key, names)
    create_search(db, ARTICLES)


@migrations()
def m011_words_in_scripts_without_spaces(db: Database) -> None:
    """Count the words of texts in scripts without spaces anew, and index them anew: each character was a word."""
    unspaced = f"*[{UNSPACED}\uff66-\uff9f]*"  # with kana of half width
    db.execute("CREATE TEMP TABLE cut_anew AS SELECT sha256 FROM texts WHERE text GLOB ?", [unspaced])
    for (sha256,) in db.execute("SELECT sha256 FROM temp.cut_anew").fetchall():
        found = fingerprint(_text(db, sha256))
        db.execute("UPDATE texts SET words_sha256 = ? WHERE sha256 = ?", [found.digest, sha256])
        db.execute("UPDATE pages SET word_count = ? WHERE text_sha256 = ?", [found.word_count, sha256])
    pages = "FROM pages p JOIN temp.cut_anew c ON p.text_sha256 = c.sha256"
    db.execute(f"UPDATE articles SET word_count = p.word_count {pages} WHERE articles.page_id = p.id")
    for table in ("sketches", "recent_sketches"):
        db.execute(f"DELETE FROM {table} WHERE page_id IN (SELECT p.id {pages})")
    _index_anew(db, pages)
    db.execute("DROP TABLE temp.cut_anew")
    db.execute("UPDATE parameters SET value = '2' WHERE name = 'version' AND value = '1'")


@migrations()
def m012_readers(db: Database) -> None:
    """Keep which version of Winnow has read what a page states, so that it can be read anew by a later one."""
    db.execute("ALTER TABLE extractions ADD COLUMN reader TEXT")


@migrations()
def m013_refused_texts_in_every_script(db: Database) -> None:
    """Add an index of folded words to the refused texts, kept as that of the articles is."""
    create_search(db, REFUSED)


@migrations()
def m014_sources(db: Database) -> None:
    """Let a page be known by its source and path, wherever the source's folder is; each root so far is a source.

    `containers` keeps its own constraint on root and path: to drop it, every page would have to be looked at.
    """
    db.executescript("""
        CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE roots (root TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name)) WITHOUT ROWID;
        ALTER TABLE pages ADD COLUMN source TEXT NOT NULL DEFAULT '';
        ALTER TABLE containers ADD COLUMN source TEXT NOT NULL DEFAULT '';
    """)
    roots = "SELECT root FROM {} GROUP BY root ORDER BY min(id)"
    found = [row for table in ("pages", "containers") for row in db.execute(roots.format(table)).fetchall()]
    names = named(root for (root,) in found)
    db.conn.executemany("INSERT INTO sources (name) VALUES (?)", [(name,) for name in names.values()])
    db.conn.executemany("INSERT INTO roots (root, source) VALUES (?, ?)", names.items())
    for table in ("pages", "containers"):
        db.execute(f"UPDATE {table} SET source = (SELECT source FROM roots WHERE roots.root = {table}.root)")
    db.executescript("""
        DROP INDEX pages_root_path_sha256;
        CREATE UNIQUE INDEX pages_source_path_sha256 ON pages (source, path, ifnull(sha256, ''));
        CREATE UNIQUE INDEX containers_source_path ON containers (source, path, kind);
        CREATE INDEX containers_size ON containers (size);
    """)


@migrations()
def m015_corrections(db: Database) -> None:
    """Keep what persons have said of pages, and what Winnow had found of pages that they have accepted or rejected."""
    db.executescript("""
        CREATE TABLE corrections (
            id INTEGER PRIMARY KEY,
            moment TEXT NOT NULL,
            action TEXT NOT NULL,
            path TEXT NOT NULL,
            field TEXT,
            value TEXT,
            note TEXT,
            undone TEXT,
            sha256 TEXT NOT NULL,
            other TEXT
        );
        ALTER TABLE extractions ADD COLUMN overruled TEXT;
    """)


@migrations()
def m016_forgotten(db: Database) -> None:
    """Keep when and why pages were forgotten, without what they held, and the digests by which that would come back."""
    db.executescript("""
        CREATE TABLE forgotten (
            id INTEGER PRIMARY KEY,
            moment TEXT NOT NULL,
            named TEXT NOT NULL,
            pages INTEGER NOT NULL,
            note TEXT
        );
        CREATE TABLE forgotten_digests (
            digest TEXT PRIMARY KEY
        ) WITHOUT ROWID;
    """)


@migrations()
def m018_what_runs_pass_over(db: Database) -> None:
    """Keep what a run has passed over in its folder, by reason, as JSON."""
    db.execute("ALTER TABLE runs ADD COLUMN skipped TEXT NOT NULL DEFAULT '{}'")


@migrations()
def m019_passed_files(db: Database) -> None:
    """Keep which files were opened and found to be no pages, so that they need not be opened again."""
    db.execute("""
        CREATE TABLE passed_files (
            source TEXT NOT NULL,
            path TEXT NOT NULL,
            size INTEGER,
            modified TEXT,
            why TEXT NOT NULL,
            run_id INTEGER NOT NULL REFERENCES runs (id),
            PRIMARY KEY (source, path)
        ) WITHOUT ROWID
    """)


@migrations()
def m020_revisits_of_what_was_rejected(db: Database) -> None:
    """Index all rejected revisits, so that those are found too whose original was rejected and is an article now.

    The index of digests tells originals from their revisits, of which there may be thousands.
    """
    db.executescript("""
        DROP INDEX pages_waiting;
        CREATE INDEX pages_waiting ON pages (id) WHERE revisits IS NOT NULL AND outcome = 'rejected';
        DROP INDEX pages_payload_digest;
        CREATE INDEX pages_payload_digest ON pages (payload_digest, revisits) WHERE payload_digest IS NOT NULL;
    """)


@migrations()
def m021_identity(db: Database) -> None:
    """Give the archive an identity that it keeps when its file is renamed."""
    db.executescript("""
        CREATE TABLE identity (identity TEXT NOT NULL);
        INSERT INTO identity VALUES (lower(hex(randomblob(16))));
    """)


@migrations()
def m022_former_articles(db: Database) -> None:
    """Keep which pages carried an article that no page carries any more: if it comes back, it has its id again."""
    db.executescript("""
        CREATE TABLE former_articles (page_id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL);
    """)


@migrations()
def m023_wiped(db: Database) -> None:
    """Keep when the database's files were wiped after pages had been forgotten: a kill may come between."""
    db.executescript("""
        ALTER TABLE forgotten ADD COLUMN wiped TEXT;
        UPDATE forgotten SET wiped = moment;
    """)


@migrations()
def m024_many_pages_of_one_article(db: Database) -> None:
    """Keep which articles have a canonical page that their other pages have not been compared with so far."""
    db.executescript("""
        CREATE TABLE unmeasured (article_id INTEGER PRIMARY KEY, after INTEGER NOT NULL);
        CREATE INDEX pages_rejected ON pages (source, path) WHERE outcome = 'rejected';
    """)


@migrations()
def m025_what_articles_tell(db: Database) -> None:
    """Look up what the filters and facets of a search need of thousands of articles, without reading their texts."""
    db.execute("""CREATE INDEX articles_told
        ON articles (id, hostname, date, language, section, kind, author, page_id, page_count)""")


@migrations()
def m026_each_text_once(db: Database) -> None:
    """Keep the text of an article with the article alone; what stands twice so far goes when the database is opened."""
    db.executescript(TEXTS)


@migrations()
def m027_many_versions_of_one_page(db: Database) -> None:
    """Tell which pages have the same words, and which is the newest version at a path, however many there are."""
    db.executescript("""
        ALTER TABLE pages ADD COLUMN words TEXT;
        ALTER TABLE pages ADD COLUMN is_version INTEGER;
        UPDATE pages SET words = (SELECT substr(words_sha256, 1, 16) FROM known_texts WHERE sha256 = pages.text_sha256)
        WHERE text_sha256 IS NOT NULL;
        UPDATE pages SET is_version = 1 WHERE id IN (SELECT id FROM
            (SELECT id, count(*) OVER (PARTITION BY source, path) AS versions FROM pages) WHERE versions > 1);
        CREATE INDEX pages_words ON pages (words, revisits) WHERE words IS NOT NULL;
        CREATE INDEX pages_versions ON pages (source, path, last_run) WHERE is_version = 1;
        CREATE INDEX pages_versions_carried ON pages (source, path, last_run)
            WHERE is_version = 1 AND article_id IS NOT NULL;
        ALTER TABLE unmeasured ADD COLUMN upto INTEGER;
        ALTER TABLE unmeasured ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX unmeasured_after ON unmeasured (after);
    """)


@migrations()
def m028_members_of_containers(db: Database) -> None:
    """Keep digests of the members of ZIP files, so that those added to a file can be told from those read before."""
    db.execute("ALTER TABLE containers ADD COLUMN members BLOB")


@migrations()
def m029_many_pages_with_the_same_bytes(db: Database) -> None:
    """Index by their bytes the pages that carry an article, and those that were forgotten: others may be very many."""
    db.executescript("""
        CREATE INDEX pages_carried_bytes ON pages (sha256) WHERE article_id IS NOT NULL;
        CREATE INDEX pages_forgotten ON pages (sha256) WHERE reason = 'forgotten';
    """)


@migrations()
def m030_letters_in_two_spellings(db: Database) -> None:
    """Index all words anew: letters of Malayalam and Bengali in two spellings, and some of Hausa, are one now."""
    for index in (ARTICLES, REFUSED):
        due = f"{index.table}_due"
        db.execute(f"INSERT INTO {index.table}_search ({index.table}_search) VALUES ('delete-all')")
        db.execute(f"DELETE FROM {due}")
        db.execute(f"INSERT INTO {due} ({index.due_key}) SELECT {index.key} FROM {index.table}")


def _index_anew(db: Database, pages: str) -> None:
    first_with_words = f"""SELECT min(p.id), t.sha256 {pages} JOIN texts t ON t.sha256 = c.sha256
        WHERE p.article_id IS NOT NULL GROUP BY t.words_sha256 ORDER BY 1"""
    postings = PostingLists(Connection(db.conn))
    for page_id, sha256 in db.execute(first_with_words).fetchall():
        postings.add(page_id, fingerprint(_text(db, sha256)).sketch)
        postings.move()


def _text(db: Database, sha256: str) -> str:
    [text] = db.execute("SELECT text FROM texts WHERE sha256 = ?", [sha256]).fetchone()
    return str(text)
