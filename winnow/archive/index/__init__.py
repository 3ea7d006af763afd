"""The index of known texts: sketches, posting lists, what waits to be moved, what workers look up."""
