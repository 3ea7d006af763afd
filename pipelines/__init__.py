"""What happens to a page: decode, extract, fingerprint, dedupe, store. One module a stage, none needs Scrapy."""
