"""How frequent pairs of characters are in one list, so that a search looks at the fewest rows.

A sample of rows says which pairs are frequent without a question to the server; only those that no row of the sample
has are counted, and only to a cap. What is out of date costs time, never a match.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from time import monotonic

from loaders.store.collections import GRAMS
from schema.read.reader import Reader

_SAMPLE = 2_000
_COUNTED = 16
_CAP = 1_000
_KEPT_SECONDS = 600.0  # of a full sample; where there are fewer rows, a smaller one is drawn again the sooner


@dataclass(slots=True)
class Frequencies:
    """The frequencies of one list, drawn when they are first asked for and again from time to time."""

    reader: Reader
    collection: str
    _sampled: Counter[int] = field(default_factory=Counter)
    _until: float = 0.0
    _drawing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def rarest(self, grams: Sequence[int]) -> int:
        """The rarest of these pairs; of several that are equally frequent, any."""
        if len(grams) == 1:
            return grams[0]
        sampled = await self._sample()
        least = min(sampled[gram] for gram in grams)
        rare = [gram for gram in grams if sampled[gram] == least][:_COUNTED]
        if least or len(rare) == 1:
            return rare[0]
        counts = await asyncio.gather(*map(self._count, rare))
        return min(zip(counts, rare, strict=True))[1]

    async def _count(self, gram: int) -> int:
        return await self.reader.count(self.collection, {GRAMS: gram}, cap=_CAP)

    async def _sample(self) -> Counter[int]:
        async with self._drawing:
            if monotonic() >= self._until:
                rows = await self.reader.sample(self.collection, GRAMS, _SAMPLE)
                self._sampled = Counter(chain.from_iterable(row.get(GRAMS, ()) for row in rows))
                self._until = monotonic() + _KEPT_SECONDS * len(rows) / _SAMPLE
            return self._sampled
