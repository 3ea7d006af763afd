"""Is the article known? The rule by which two texts are one article."""
