"""What Scrapy runs beside the spider: feed and progress."""
