"""The error codes in the documentation are those that the program gives, each with its meaning or its HTTP status."""

import re
from pathlib import Path

from api.failures import EXCEPTIONS, REFUSALS
from schema.errors import ErrorCode

ERRORS = Path(__file__).parents[2] / "api" / "pages" / "docs" / "errors.md"


def test_the_table_of_codes_has_every_code_with_its_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", ERRORS.read_text(encoding="utf-8"), re.MULTILINE)

    assert rows == [(code.name, code.meaning) for code in ErrorCode]


def test_every_refusal_of_http_is_listed_with_its_status() -> None:
    listed = dict(re.findall(r"`(\w+)`\s\((\d{3})\)", ERRORS.read_text(encoding="utf-8")))

    given = REFUSALS | {known.failure.code: known.failure.status for known in EXCEPTIONS}
    assert listed == {code: str(status) for code, status in given.items()}
