"""The owner's reports with their gold and the scorers, which lie beside a developer's checkout and beside no other.

A test that reads them is marked `shared`: `tests/conftest.py` skips it where they are not there.
"""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD, REPORTS, SCORERS = SHARED / "gold", SHARED / "reports", SHARED / "eval"
IS_THERE = REPORTS.is_dir() and GOLD.is_dir()
ABSENT = "the owner's reports (../shared) are not beside this checkout"
