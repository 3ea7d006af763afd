"""One run over pages: worker processes, the order of decisions, counts, and rebuilds, which decide anew."""
