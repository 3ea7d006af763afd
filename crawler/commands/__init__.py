"""The commands that this project adds to or replaces in `scrapy`."""
