"""The catalogue of checks: unique codes, both languages everywhere, and the same facts in both."""

import re
from string import Formatter

import pytest

from loaders.checks.members import MEMBER_RULES
from loaders.checks.report import ASSESSED
from loaders.checks.years import YEAR_RULES
from loaders.forms import FORMS
from loaders.forms.check_catalogue import CATALOGUE, CheckRule, Reach, catalogue
from loaders.forms.messages import Message

CHINESE = re.compile("[\u3400-\u9fff]")
ONLY_OF_ONE_LANGUAGE = {"rule", "rule_zh"}


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_codes_are_unique_and_named_after_their_family() -> None:
    codes = [rule.code for rule in CATALOGUE]

    assert len(codes) == len(set(codes)) == len(catalogue())
    assert all(re.fullmatch(r"[RDYH]\d{1,2}", code) for code in codes)


def test_a_check_is_declared_once_as_a_sum_of_the_forms_or_in_the_catalogue() -> None:
    declared = {rule.code for form in FORMS for edition in form.editions for rule in edition.rules}

    assert declared == {"R1", "R2", "R3", "R4", "D13"}
    assert not declared & set(catalogue())


def test_every_check_is_assessed_or_says_that_it_cannot_be() -> None:
    assessed = {code for codes in ASSESSED for code in codes} | YEAR_RULES | MEMBER_RULES
    silent = {rule.code for rule in CATALOGUE if rule.reach is Reach.NOT_TESTABLE}

    assert assessed | silent == set(catalogue())
    assert not assessed & silent
    assert silent == {"R5", "R6"}


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_a_check_has_words_in_both_languages(rule: CheckRule) -> None:
    for message in (rule.title, rule.explanation):
        assert message.en
        assert CHINESE.search(message.zh)
    assert rule.source
    assert bool(rule.wordings) == (rule.reach is not Reach.NOT_TESTABLE)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_both_languages_tell_the_same_facts(rule: CheckRule) -> None:
    for wording in rule.wordings.values():
        for message in (wording.passes, wording.fails, wording.unknown):
            assert isinstance(message, Message)
            assert bool(message.en) == bool(message.zh)
            assert facts(message.en) - ONLY_OF_ONE_LANGUAGE == facts(message.zh) - ONLY_OF_ONE_LANGUAGE
