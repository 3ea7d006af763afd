"""Tell people and programs about an archive: its state, why a page ended as it did, its articles as files."""
