"""How many tokens and directives a document has, told quickly and without its tree.

The parser counts too, but builds nodes while it does; counting with one pattern is many times cheaper, so documents
that are far too long cost next to nothing. Comments count here as well.
"""

import re
from itertools import islice

_TOKEN = re.compile(
    r"""
      \#[^\n\r]*                                 # a comment
    | \"\"\"(?:\\\"\"\"|[^"]|"(?!\"\"))*\"\"\"     # a block string
    | "(?:\\.|[^"\\\n\r])*"                    # a string
    | \.\.\. | [A-Za-z_]\w* | -?\d[\d.eE+-]*    # a spread, a name, a number
    | [^\s,\ufeff]                              # any other sign
    """,
    re.VERBOSE,
)


def has_at_most(limit: int, text: str) -> bool:
    """Whether a document has no more tokens than this.

    >>> has_at_most(3, "{ year }"), has_at_most(2, "{ year }")
    (True, False)
    """
    return next(islice(_TOKEN.finditer(text), limit, None), None) is None


def directives_in(text: str) -> int:
    """How many directives a document has.

    >>> directives_in('{ title @skip(if: true) name(is: "a@b") } # @')
    1
    """
    return sum(match[0] == "@" for match in _TOKEN.finditer(text)) if "@" in text else 0
