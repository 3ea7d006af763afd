"""Live sites: what is asked when, what came back, and where it is kept; without Scrapy and without a network."""
