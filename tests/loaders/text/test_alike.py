"""Patterns that find texts as a search does, against the folding of a search."""

import re
from random import Random

from loaders.text.alike import like
from loaders.text.search_folding import searchable

TEXTS = ("政府信息 公開（２０２３）", "ＡＢＣ、abc\n-政务", "公開\u3000條例《第三　條》", "a.b*c[d]^e\\f$")


def test_a_pattern_finds_what_a_search_finds() -> None:
    random = Random(3)  # noqa: S311 - repeatable, not secret
    pieces = [text[start : start + random.randint(1, 6)] for text in TEXTS for start in range(len(text))]
    for piece in pieces:
        for text in (*TEXTS, *map(searchable, TEXTS)):
            found = re.search(like(piece), text)

            assert (found is not None) == (searchable(piece) in searchable(text)), (piece, text)
            assert found is None or searchable(found[0]) == searchable(piece)
