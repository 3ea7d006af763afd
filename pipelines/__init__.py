"""The Scrapy item pipelines: extract, dedupe, store. Installed, the package is `winnow.pipelines`."""

from .item_pipelines import DedupePipeline, ExtractPipeline, StorePipeline

__all__ = ["DedupePipeline", "ExtractPipeline", "StorePipeline"]
