"""Every description of the schema holds Chinese and English, so that its documentation is found by words of both."""

import re

from loaders.vocabulary.schema_words import SCHEMA_WORDS
from schema.read.schema import build_schema
from schema.types.both_languages import described_in, word_for, written_for

_SCHEMA = build_schema().graphql
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile("[A-Za-z]{2}")


def test_every_description_holds_chinese_and_english() -> None:
    """Say what is new in `loaders.vocabulary.schema_words`, by its type and name, where no field declares it."""
    lacking = [
        f"{type_}.{member}: {described.description}"
        for type_, member, described in described_in(_SCHEMA)
        if not all(script.search(described.description or "") for script in (_CHINESE, _ENGLISH))
    ]

    assert lacking == []


def test_no_word_is_kept_for_what_the_schema_does_not_have() -> None:
    """Words whose types and fields are gone go too."""
    members = [(type_, member) for type_, member, _ in described_in(_SCHEMA)]
    used = {key for type_, member in members for key in written_for(type_, member, SCHEMA_WORDS)}

    assert {(of, name) for of, names in SCHEMA_WORDS.items() for name in names} - used == set()


def test_the_word_written_for_the_fewest_goes_first() -> None:
    """A type's own word before that of a kind of types, an argument's own before that of all of its name."""
    words = {
        "*": {"first": "首", "(first)": "前若干"},
        "*Page": {"first": "页首"},
        "TextPage": {"first": "文首", "list(first)": "列表前若干"},
    }

    assert word_for("TextPage", "first", words) == "文首"
    assert word_for("OtherPage", "first", words) == "页首"
    assert word_for("Other", "first", words) == "首"
    assert word_for("TextPage", "list(first)", words) == "列表前若干"
    assert word_for("Other", "list(first)", words) == "前若干"
    assert word_for("Other", "last", words) is None
