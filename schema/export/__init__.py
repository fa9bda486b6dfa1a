"""Reports as rows of NDJSON, CSV and Parquet."""
