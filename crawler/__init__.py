"""The Scrapy project, by which pages come in: settings, spider, extensions and commands."""
