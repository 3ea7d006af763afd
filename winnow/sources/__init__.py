"""Where pages come from: folders, and files that hold many pages."""
