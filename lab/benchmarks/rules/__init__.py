"""Switch each hand-written rule of the reading half off, one at a time, and see which pages it betters."""
