"""Benchmarks that anyone can run (`make bench`): ratios against baselines measured in turn in the same run."""
