"""The words in which checks speak: data beside the forms, in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A message in both languages; `{…}` are the facts of one check."""

    en: str
    zh: str

    def render(self, **facts: object) -> tuple[str, str]:
        """English and Chinese, facts filled in."""
        return self.en.format(**facts), self.zh.format(**facts)


SUM_PASSES = Message("{rule}: both sides are {left}", "{rule_zh}:两边均为{left}")
SUM_FAILS = Message(
    "{rule}: the left side adds up to {left}, the right side to {right}, a difference of {difference}",
    "{rule_zh}:左边合计{left},右边合计{right},相差{difference}",
)
BOUND_PASSES = Message("{rule}: {left} is at most {right}", "{rule_zh}:{left}不大于{right}")
BOUND_FAILS = Message("{rule}: {left} exceeds {right}", "{rule_zh}:{left}大于{right}")
NOT_ASSESSABLE = Message(
    "{rule}: not assessable, {count} of its cells have no figure, first {first}",
    "{rule_zh}:无法核对,{count}个单元格没有数字,首个为{first}",
)
