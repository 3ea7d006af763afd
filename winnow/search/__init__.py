"""Search in every script: texts and queries folded into the same words; pure functions, without a database."""
