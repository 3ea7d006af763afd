"""From a page's bytes to an article and its fingerprint, or to the reason why there is none. No database."""
