"""What the benchmarks of screening share: lists of the evaluation data, intervals of shares, other matchers."""
