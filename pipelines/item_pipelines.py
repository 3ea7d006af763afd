"""The three item pipelines under one name, in the order in which a page meets them.

They take any item with `body` and `path` or `url` (dataclass, dict, attrs, pydantic), so they also work in other
projects:

    ITEM_PIPELINES = {
        "pipelines.item_pipelines.ExtractPipeline": 100,
        "pipelines.item_pipelines.DedupePipeline": 200,
        "pipelines.item_pipelines.StorePipeline": 300,
    }
"""

from .dedupe import DedupePipeline
from .extract import ExtractPipeline
from .store import StorePipeline

__all__ = ["DedupePipeline", "ExtractPipeline", "StorePipeline"]
