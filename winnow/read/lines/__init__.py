"""The line model that HTML and plain text share: lines, their features, the trained trees, the choice of lines."""
