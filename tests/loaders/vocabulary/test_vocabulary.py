"""The vocabulary of headings, titles, agencies and contacts is linted: every pattern works in each of its examples."""

import re

import pytest

from loaders.document import Span
from loaders.forms import narrative
from loaders.identity.cited import cited_documents
from loaders.identity.contacts import contact_of
from loaders.structure.headings import layout_of, marks_of
from loaders.text.folding import fold
from loaders.text.squeezed import squeezed
from loaders.vocabulary import agencies, contacts, identity

SEARCHED = [
    *(
        (narrative.PREAMBLE_CUES[i][0], example)
        for i in range(len(narrative.PREAMBLE_CUES))
        for example in narrative.PREAMBLE_CUES[i][1]
    ),
    *((pattern, example) for pattern, examples in narrative.TELLING_PREAMBLE_CUES for example in examples),
    *((pattern, example) for pattern, examples in narrative.SUBHEADINGS[:-1] for example in examples),
    *((identity.PERIOD, example) for example in identity.PERIOD_EXAMPLES),
    *((identity.PERIOD_CUE, example) for example in identity.PERIOD_CUE_EXAMPLES),
    *((identity.PUBLISHED_LABEL + identity.DATE, example) for example in identity.PUBLISHED_EXAMPLES),
    *((identity.NAMES_ITSELF, example) for example in identity.NAMES_ITSELF_EXAMPLES),
    *((identity.BRANDS, example) for example in identity.BRAND_EXAMPLES),
    *((identity.OFFICIAL_HOSTS, example) for example in identity.OFFICIAL_HOST_EXAMPLES),
    *((agencies.TOWN, example) for example in agencies.TOWN_EXAMPLES),
    *((agencies.STREET, example) for example in agencies.STREET_EXAMPLES),
    *((agencies.ZONE, example) for example in agencies.ZONE_EXAMPLES),
    *((agencies.CENTRAL, example) for example in agencies.CENTRAL_EXAMPLES),
    *((agencies.BRANCH, example) for example in agencies.BRANCH_EXAMPLES),
    *((agencies.SPECIAL, example) for example in agencies.SPECIAL_EXAMPLES),
    *((agencies.DEPARTMENT, example) for example in agencies.DEPARTMENT_EXAMPLES),
    *((agencies.UNLISTED_PLACE, example) for example in agencies.UNLISTED_PLACE_EXAMPLES),
    *((identity.NO_TITLE, example) for example in identity.NO_TITLE_EXAMPLES),
    *((identity.YEAR_FIRST_MENTIONED, example) for example in identity.YEAR_FIRST_EXAMPLES),
    *((agencies.CONTACT_OFFICE, example) for example in agencies.CONTACT_OFFICE_EXAMPLES),
    *((agencies.NOT_A_REPORTER, example) for example in agencies.NOT_A_REPORTER_EXAMPLES),
    *((agencies.SUBJECT_OF_SENTENCE, example) for example in agencies.SUBJECT_EXAMPLES),
    *((agencies.SITE_OWNER, example) for example in agencies.SITE_EXAMPLES),
    *((agencies.MAKER, example) for example in agencies.MAKER_EXAMPLES),
    *((agencies.AGGREGATE, example) for example in agencies.AGGREGATE_EXAMPLES),
    *((agencies.SYSTEM_AGGREGATE, example) for example in agencies.SYSTEM_AGGREGATE_EXAMPLES),
    *((contacts.DOCUMENT_TITLE, example) for example in contacts.DOCUMENT_TITLE_EXAMPLES),
]


@pytest.mark.parametrize(("pattern", "example"), SEARCHED, ids=[example for _, example in SEARCHED])
def test_a_pattern_works_in_its_example(pattern: str, example: str) -> None:
    assert re.search(pattern, example)


@pytest.mark.parametrize("style", narrative.NUMBERING, ids=lambda style: style.examples[0])
def test_an_example_of_a_numbering_style_is_marked_with_its_level(style: narrative.Numbering) -> None:
    for example in style.examples:
        raw = f"{example}标题"
        marks = marks_of(layout_of(fold(raw), Span(0, len(raw)), ()))
        assert [(mark.start, mark.level) for mark in marks[:1]] == [(0, style.level)]


@pytest.mark.parametrize("heading", narrative.HEADINGS, ids=lambda heading: heading.examples[0])
def test_an_example_of_a_heading_is_matched_whole(heading: narrative.Heading) -> None:
    assert all(re.fullmatch(heading.pattern, example) for example in heading.examples)


def test_the_canonical_headings_are_the_six_of_the_format() -> None:
    canonical = [heading for heading in narrative.HEADINGS if heading.ordinal]
    assert [heading.ordinal for heading in canonical] == list(narrative.NUMERALS[:6])
    assert all(re.fullmatch(heading.pattern, heading.zh) and heading.en for heading in canonical)


@pytest.mark.parametrize(("field", "text", "value"), contacts.CONTACT_EXAMPLES)
def test_contact_data_is_read_behind_its_label(field: str, text: str, value: str) -> None:
    contact, spans = contact_of([squeezed(text, 0, len(text))])
    assert getattr(contact, field) == value
    assert text[spans[field].start : spans[field].end] == value


@pytest.mark.parametrize(("text", "number"), contacts.DOCUMENT_NUMBER_EXAMPLES)
def test_a_document_number_is_read_with_its_issuer(text: str, number: str) -> None:
    (found,) = cited_documents(text, fold(text), Span(0, len(text)))
    assert found.number == number
