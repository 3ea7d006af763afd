"""Decide whether an article is known already, by the rule that tells whether two texts are one article."""
