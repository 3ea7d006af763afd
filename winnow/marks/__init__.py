"""Marks: what a reader has starred, tagged, noted, highlighted, read and searched, in a database beside the archive."""
