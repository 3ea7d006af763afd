"""What Scrapy runs beside the spider: the feed and the progress bar."""
