"""The editions of the official forms: who prescribed them, for which years, and what they ask of a report besides tables.

A form lays its own tables into an edition (`editions.E2.revise(blocks=…)`); a new edition revises the one before. What
a report follows is one of these, or one of the words below that stand for what is no edition of a form.
"""

from collections.abc import Iterable
from functools import lru_cache

from loaders.forms import narrative
from loaders.forms.model import Edition, Form

_SECTIONS = tuple(heading.role for heading in narrative.HEADINGS if heading.ordinal)

E1 = Edition(
    id="E1",
    first_year=2014,
    last_year=2018,
    description="2014至2018年度报告 — Reports on 2014 to 2018: the national annex of indicators.",
    order="国办发〔2014〕32号",
)
E2 = Edition(
    id="E2",
    first_year=2019,
    last_year=2020,
    description="2019、2020年度报告 — Reports on 2019 and 2020: the first edition of the three official tables.",
    order="国办公开办函〔2019〕60号",
    sections=_SECTIONS,
)
E3 = E2.revise(
    id="E3",
    first_year=2021,
    last_year=None,
    description="2021年度起报告 — Reports since 2021: the second edition of the three official tables.",
    order="国办公开办函〔2021〕30号",
    subjects=narrative.OVERVIEW_SUBJECTS,
)

LOCAL, NARRATIVE, NONE = "E0", "NARRATIVE", "NONE"
"""What a report follows that follows no form: a local list of indicators, prose alone, nothing that is known."""


def all_editions(forms: Iterable[Form]) -> tuple[Edition, ...]:
    """The editions of these forms, each once, oldest first: what their orders prescribe, with the tables of one form."""
    return _all_editions(tuple(forms))


@lru_cache(maxsize=8)
def _all_editions(forms: tuple[Form, ...]) -> tuple[Edition, ...]:
    found: dict[str, Edition] = {}
    for edition in (edition for form in forms for edition in form.editions):
        found.setdefault(edition.id, edition)
    return tuple(sorted(found.values(), key=lambda edition: edition.first_year))


def edition_words(forms: Iterable[Form]) -> dict[str, str]:
    """Everything that a report can follow, oldest edition first, with the words for each."""
    return {
        LOCAL: "2014年度以前报告 — Reports on years before 2014: no national table.",
        **{edition.id: edition.description for edition in all_editions(forms)},
        NARRATIVE: "仅有文字的报告 — Prose with figures, no table.",
        NONE: "格式不明 — No edition that is known.",
    }


def prescribed(year: int | None, forms: Iterable[Form]) -> str | None:
    """What reports on that year were to follow, the newest where several apply; local lists before the first edition."""
    known = all_editions(forms)
    if year is None or not known:
        return None
    valid = [edition for edition in known if edition.includes(year)]
    if valid:
        return max(valid, key=lambda edition: edition.first_year).id
    return LOCAL if year < known[0].first_year else None
