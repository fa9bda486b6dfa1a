"""The document store: collections, derived rows, and the one place that writes reports."""
