"""The tables of the first version, from which the migrations lead to those of today."""

# What a page states about its article: columns of both `articles` and `extractions`.
_STATED = """author TEXT,
            date TEXT,
            url TEXT,
            hostname TEXT,
            sitename TEXT,
            section TEXT,
            description TEXT,
            tags TEXT,
            language TEXT,
            image TEXT,"""

FIRST_SCHEMA = f"""
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            started TEXT NOT NULL,
            finished TEXT,
            status TEXT CHECK (status IN ('finished', 'stopped', 'failed')),
            pages INTEGER NOT NULL DEFAULT 0,
            new INTEGER NOT NULL DEFAULT 0,
            changed INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0,
            duplicates INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0,
            seconds REAL,
            settings TEXT NOT NULL,
            versions TEXT NOT NULL
        );
        CREATE TABLE texts (
            sha256 TEXT PRIMARY KEY,
            words_sha256 TEXT NOT NULL,
            text TEXT NOT NULL
        );
        CREATE INDEX texts_words_sha256 ON texts (words_sha256);
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            title TEXT,
            {_STATED}
            text TEXT NOT NULL,
            word_count INTEGER NOT NULL,
            page_id INTEGER REFERENCES pages(id),
            page_count INTEGER NOT NULL DEFAULT 1,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL
        );
        CREATE TABLE pages (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL,
            root TEXT NOT NULL,
            sha256 TEXT,
            size INTEGER,
            modified TEXT,
            media_type TEXT,
            encoding TEXT,
            outcome TEXT NOT NULL CHECK (outcome IN ('article', 'duplicate', 'rejected')),
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            article_id INTEGER REFERENCES articles(id),
            parent_id INTEGER REFERENCES pages(id),
            similarity REAL,
            title TEXT,
            text_sha256 TEXT REFERENCES texts(sha256),
            word_count INTEGER,
            first_run INTEGER NOT NULL REFERENCES runs(id),
            last_run INTEGER NOT NULL REFERENCES runs(id),
            CHECK ((outcome = 'rejected') = (article_id IS NULL))
        );
        CREATE UNIQUE INDEX pages_root_path_sha256 ON pages (root, path, ifnull(sha256, ''));
        CREATE INDEX pages_sha256 ON pages (sha256);
        CREATE INDEX pages_text_sha256 ON pages (text_sha256);
        CREATE INDEX pages_article_id ON pages (article_id);
        CREATE INDEX pages_outcome_reason ON pages (outcome, reason);
        CREATE INDEX pages_last_run ON pages (last_run);
        CREATE TABLE extractions (
            page_id INTEGER PRIMARY KEY REFERENCES pages(id),
            {_STATED}
            confidence REAL NOT NULL
        );
        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id),
            page_id INTEGER NOT NULL REFERENCES pages(id),
            run_id INTEGER NOT NULL REFERENCES runs(id),
            title TEXT,
            text_sha256 TEXT NOT NULL REFERENCES texts(sha256)
        );
        CREATE INDEX revisions_article_id ON revisions (article_id);
        CREATE TABLE sketches (
            hash INTEGER NOT NULL,
            page_id INTEGER NOT NULL,  -- of `pages`; a foreign key would be checked for each of the 40 rows of a page
            PRIMARY KEY (hash, page_id)
        ) WITHOUT ROWID;
        CREATE TABLE parameters (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        );
    """
