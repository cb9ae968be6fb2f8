"""People who do not exist, made of the name tables alone: for benchmarks of screening and the labelled set."""
