"""Sentences to statistics, as the tests of `loaders/statistics` state and print them."""

from loaders.document import Passage, Section, Statistic
from loaders.statistics.report import statistics_of
from loaders.text.folding import fold


def statistics_in(raw: str, *, sections: tuple[Section, ...] = ()) -> tuple[Statistic, ...]:
    passage = Passage("p1", "s1", raw, 0, len(raw))
    return statistics_of(raw, fold(raw), passages=[passage], sections=sections)
