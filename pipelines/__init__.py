"""The Scrapy item pipelines: extract, dedupe, store; installed, `winnow.pipelines` (docs/other-projects.md)."""

from .item_pipelines import DedupePipeline, ExtractPipeline, StorePipeline

__all__ = ["DedupePipeline", "ExtractPipeline", "StorePipeline"]
