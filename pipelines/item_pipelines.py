"""The three item pipelines, in the order in which a page meets them."""

from .dedupe import DedupePipeline
from .extract import ExtractPipeline
from .store import StorePipeline

__all__ = ["DedupePipeline", "ExtractPipeline", "StorePipeline"]
