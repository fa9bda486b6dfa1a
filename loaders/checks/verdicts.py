"""Verdicts to stored checks: the words come from the catalogue, the facts from the assessing function."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.checks.facts import total
from loaders.document import Check, CheckStatus, Number
from loaders.forms import Severity
from loaders.forms.check_catalogue import AND, COMMA, Wording, catalogue
from loaders.forms.messages import Message

PASS, FAIL, UNKNOWN = CheckStatus.PASS, CheckStatus.FAIL, CheckStatus.NOT_ASSESSABLE
_RULES = catalogue()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an assessing function found: code and part of the catalogue, outcome, both sides and operands."""

    code: str
    status: CheckStatus
    part: str = ""
    subject: str | None = None
    left: Number | None = None
    right: Number | None = None
    paths: Sequence[str] = ()
    other_year: int | None = None
    other_paths: Sequence[str] = ()
    severity: Severity | None = None

    def check(self, **facts: object) -> Check:
        """The check to store; facts that are a `Message` speak the language of the sentence they stand in."""
        rule = _RULES[self.code]
        difference = None if self.left is None or self.right is None else total([self.left, -self.right])
        words = _message(rule.wordings[self.part], self.status)
        known = {"left": self.left, "right": self.right, "difference": difference, "other": self.other_year, **facts}
        spoken = {key: value for key, value in facts.items() if isinstance(value, Message)}
        return Check(
            rule=self.code,
            status=self.status,
            severity=str(self.severity or rule.severity),
            subject=self.subject,
            left=self.left,
            right=self.right,
            difference=difference,
            paths=tuple(self.paths),
            message=words.en.format(**known | {key: value.en for key, value in spoken.items()}),
            message_zh=words.zh.format(**known | {key: value.zh for key, value in spoken.items()}),
            other_year=self.other_year,
            other_paths=tuple(self.other_paths),
        )


def listed(names: Sequence[Message]) -> Message:
    """Several names as one, in both languages."""
    return Message(COMMA.en.join(name.en for name in names), COMMA.zh.join(name.zh for name in names))


def enumerated(names: Sequence[Message]) -> Message:
    """Several names as one that ends in an and, in both languages."""
    *most, last = names or [Message("", "")]
    before = listed(most)
    return Message(before.en + AND.en + last.en, before.zh + AND.zh + last.zh) if most else last


def _message(wording: Wording, status: CheckStatus) -> Message:
    return {PASS: wording.passes, FAIL: wording.fails, UNKNOWN: wording.unknown}[status]
