"""The index of known texts: sketches, posting lists, recent postings in memory, and look-ups by workers."""
