"""The commands that this project adds to Scrapy's, and those of Scrapy that it replaces."""
