"""Fetching from live sites: what touches the network, and nothing else does."""
