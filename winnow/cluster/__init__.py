"""The path on a distributed engine: read pages in shards, find duplicates by joins, write partitioned Parquet.

One machine and many give the same rows: pages are read and decided by the functions that a crawl uses. What an engine
adds is where they run. Reading is shared out by shards, candidates come from a join over sketch hashes, pairs of them
are compared in parallel; pages connected by a match are then decided together, in order, apart from all others.
"""
