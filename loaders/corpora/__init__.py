"""Files of many records, one document a record: lines of JSONL, rows of Parquet, records of WARC and WACZ.

Enters: the entries of an inventory. Leaves: the same, each such file replaced by its records as they are read, so that
no file is ever held whole. What is wrong with one record is that record's fault, and the next one follows.
"""

from loaders.corpora.columns import Columns
from loaders.corpora.expansion import Corpora

__all__ = ["Columns", "Corpora"]
