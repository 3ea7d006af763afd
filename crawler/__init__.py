"""How pages come in: the Scrapy project's settings, spider, extensions and commands."""
