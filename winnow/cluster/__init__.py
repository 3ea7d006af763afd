"""The path of a page on a distributed engine: read in shards, find duplicates by joins, write partitioned Parquet.

One machine and many give the same rows, because the functions that read a page and decide on it are those of a crawl;
the engine only says where they run. Shards share out the reading, a join over sketch hashes finds candidates, pairs of
candidates are compared in parallel; pages connected by matches are decided together, in order, apart from all others.
"""
