"""Black-box experiments: give a crawl hostile files, kill it, fill its disk, and see that nothing is lost."""
