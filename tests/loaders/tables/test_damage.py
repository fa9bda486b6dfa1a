"""Whatever a crawler does to a table, no figure becomes false.

`GONGKAI_DAMAGE_CASES=10000 pytest tests/loaders/tables/test_damage.py -s` runs more cases and prints the curve.
"""

import os
from random import Random

import pytest

from tests.loaders.tables.damage import curve, lines, outcome
from tests.loaders.tables.damages import DAMAGES, Damage

CASES = int(os.environ.get("GONGKAI_DAMAGE_CASES", "320"))
BATCHES = 8
FLOORS = {1: 0.88, 2: 0.82, 4: 0.78, 8: 0.70, 16: 0.62, 32: 0.52, 64: 0.45}
"""Shares of figures still found; a batch of few cases scatters widely around the true share."""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_damage_makes_a_figure_false(batch: int, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [outcome(seed) for seed in range(batch, CASES, BATCHES)]
    if "GONGKAI_DAMAGE_CASES" in os.environ:
        with capsys.disabled():
            print("", *lines(outcomes), sep="\n")  # noqa: T201  (asked for)
    assert [(item.seed, item.name, item.false) for item in outcomes if item.false] == []


def test_most_figures_survive_and_the_more_the_less_is_damaged() -> None:
    found = curve(outcome(seed) for seed in range(200))
    for amount, (cases, share, _) in found.items():
        assert share >= FLOORS[amount] - 1.2 / max(1, cases) ** 0.5, f"{amount} damages: {share:.1%} of {cases} cases"


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_damage_changes_a_text_and_is_the_same_for_the_same_seed(damage: Damage) -> None:
    text = (
        "规章 | 5 |  | 12 |\n信息内容 |\n\n\n行政规范性文件\u00a0| 3 |\n未知标签两行\n"
        " 0 |\n三、本年度办理结果 |\n(一)予以公开 | 7 |\n"
    )
    changed = {damage(text, Random(seed)) for seed in range(20)}  # noqa: S311  (no secret)
    assert changed != {text}
    assert damage(text, Random(7)) == damage(text, Random(7))  # noqa: S311
