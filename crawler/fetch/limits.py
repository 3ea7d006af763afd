"""How much is fetched at once, and for how long; imported at every start, so it imports nothing."""

MAX_BYTES = 20 << 20  # of an answer
SECONDS = 30  # that an answer may take
SIDE_BY_SIDE = 20  # hosts that are asked at the same moment
