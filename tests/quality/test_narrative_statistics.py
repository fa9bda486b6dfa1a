"""Today's scores of statistics are floors that no change may lower in silence.

UPDATE_BASELINE=1 writes the scores of this run; a score that falls is written only with ALLOW_REGRESSION=1 as well.
The owner's scorer and its gold stand beside the checkout (../shared); without them these tests are skipped.
"""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from loaders.file_formats import SUFFIXES, read
from loaders.file_formats.sources import fetch, inventory
from loaders.pipeline import parse
from tests.shared import GOLD, REPORTS, SCORERS

ROOT = Path(__file__).resolve().parents[2]
BASELINE = Path(__file__).with_name("narrative_baseline.json")
DOCUMENTS = ("000", "001", "002", "003", "004")
TOTAL = "total"
TOLERANCE = 1e-9
SAME = 0.5
"""Two contexts are the same as two labels are: by the overlap of their characters."""

pytestmark = pytest.mark.shared


def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_narrative", SCORERS / "score_narrative.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def gold_and_statistics(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    gold = json.loads((GOLD / f"narrative-{name}.json").read_text(encoding="utf-8"))
    path = REPORTS / gold["file"]
    (entry,) = inventory([path], suffixes=SUFFIXES).entries
    return {"statistics": parse(read(fetch(entry)), name=entry.name)["statistics"]}, gold


Link = tuple[str | None, int]
"""The gold id of a whole, and which of its breakdowns."""


def graph_scores(scorer: ModuleType, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, float]:
    """Shares: of gold's contexts and links that are found, and of the links found those that gold has."""
    contexts: list[bool] = []
    links: list[tuple[Link | None, Link | None]] = []
    for parsed, gold in pairs:
        found, expected = parsed["statistics"], gold["statistics"]
        stated = [item for item in found if not item["implied"]]
        matched = {id(stated[place]): expected[other] for place, other in scorer.match(scored(stated), expected)}
        taken = {item["id"]: statistic for statistic in stated if (item := matched.get(id(statistic)))}
        contexts += [
            scorer.char_f1(taken[item["id"]]["context"] if item["id"] in taken else None, item["context"]) >= SAME
            for item in expected
            if item.get("context")
        ]
        links += [(found_link(taken.get(item["id"]), found, matched), gold_link(item)) for item in expected]
    right = sum(mine == its is not None for mine, its in links)
    return {
        "contexts": sum(contexts) / len(contexts) if contexts else 1.0,
        "links": right / (sum(its is not None for _, its in links) or 1),
        "linksTrue": right / (sum(mine is not None for mine, _ in links) or 1),
    }


def scored(statistics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**item, "qualifier": item["qualifier"].lower()} for item in statistics]


def found_link(
    statistic: dict[str, Any] | None, found: list[dict[str, Any]], matched: dict[int, dict[str, Any]]
) -> Link | None:
    if statistic is None or statistic["partOf"] is None:
        return None
    return matched.get(id(found[statistic["partOf"]]), {}).get("id"), statistic["breakdown"]


def gold_link(item: dict[str, Any]) -> Link | None:
    return (item["part_of"], item["breakdown"]) if item.get("part_of") else None


def scores_of(scorer: ModuleType, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, float]:
    result, _ = scorer.evaluate(pairs)
    return {
        "statistics": result["all"]["value_unit_qualifier"]["F1"],
        "statisticsCore": result["core"]["value_unit_qualifier"]["F1"],
        "labels": result["all"]["label_acc_of_matched"],
        "changes": result["all"]["change_acc_of_matched"],
        "spans": result["all"]["exact_span_of_matched"],
        **graph_scores(scorer, pairs),
    }


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, float]]:
    scorer = load_scorer()
    pairs = {name: gold_and_statistics(name) for name in DOCUMENTS}
    measured = {name: scores_of(scorer, [pair]) for name, pair in pairs.items()}
    measured[TOTAL] = scores_of(scorer, list(pairs.values()))
    if os.environ.get("UPDATE_BASELINE") == "1":
        write_baseline(measured)
    return measured


def write_baseline(measured: dict[str, dict[str, float]]) -> None:
    floors = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if os.environ.get("ALLOW_REGRESSION") != "1":
        measured = {
            name: {key: max(value, floors.get(name, {}).get(key, value)) for key, value in row.items()}
            for name, row in measured.items()
        }
    BASELINE.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", [*DOCUMENTS, TOTAL])
def test_no_score_falls_below_its_floor(scores: dict[str, dict[str, float]], name: str) -> None:
    floors = json.loads(BASELINE.read_text(encoding="utf-8"))[name]

    fallen = {key: (scores[name][key], floor) for key, floor in floors.items() if scores[name][key] < floor - TOLERANCE}

    assert not fallen


def test_the_goals_are_met_over_all_documents(scores: dict[str, dict[str, float]]) -> None:
    assert scores[TOTAL]["statistics"] >= 0.97
    assert scores[TOTAL]["labels"] >= 0.92
    assert scores[TOTAL]["contexts"] >= 0.85
    assert scores[TOTAL]["links"] >= 0.9
    assert scores[TOTAL]["linksTrue"] >= 0.98
