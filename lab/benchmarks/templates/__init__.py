"""Our own texts, rendered by real programs with their real themes: what the product keeps, loses and says of them."""
