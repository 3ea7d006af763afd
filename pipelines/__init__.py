"""The Scrapy item pipelines: extract, dedupe, store."""
