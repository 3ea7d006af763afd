"""The database of articles: its schema, its rows, the index that finds texts sharing passages."""
