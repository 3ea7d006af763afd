"""Turn saved web pages into one clean SQLite database of articles: the library, without Scrapy."""
