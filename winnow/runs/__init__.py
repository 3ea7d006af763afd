"""One run over pages: workers, the order of decisions, counts, and the same decisions made anew."""
