"""What makes and measures Winnow and is no part of it: training, benchmarks, torture."""
