"""GraphiQL on small touch screens: everything within reach, nothing beyond the edge, a query asked and answered."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, expect

from tests.browser.visits import NAMES, TITLES, Visit, visiting

pytestmark = pytest.mark.browser

SCREENS = ((390, 844), (820, 1180), (820, 390))
FINGER = 40
# GraphiQL moves what it hides off the screen, to the left.
TOUCHED = """buttons => buttons.filter(button => button.checkVisibility({ opacityProperty: true }))
  .map(button => [button.ariaLabel || button.textContent, button.getBoundingClientRect()])
  .filter(([, box]) => box.left >= 0)
  .map(([name, { width, height, right }]) => ({ name, width, height, right }))"""
BEYOND = "(({ scrollWidth, scrollHeight }) => [scrollWidth - innerWidth, scrollHeight - innerHeight])"


@pytest.fixture(params=SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    width, height = request.param
    with visiting(browser, address, width=width, height=height, touch=True) as visit:
        visit.open_narrow()
        yield visit


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found is not None
    return found


def assert_nothing_scrolls(visit: Visit) -> None:
    assert visit.page.evaluate(f"{BEYOND}(document.documentElement)") == [0, 0]


def assert_fingers_fit(visit: Visit) -> None:
    screen = visit.screen
    touched = visit.page.locator("button:not(.graphiql-tabs *), summary").evaluate_all(TOUCHED)
    assert len(touched) > 5
    assert [one for one in touched if min(one["width"], one["height"]) < FINGER] == []
    assert [one for one in touched if one["right"] > screen["width"]] == []


def test_the_explorer_is_folded_and_editor_run_and_result_are_in_view(visit: Visit) -> None:
    screen = visit.screen
    expect(visit.page.locator(".graphiql-explorer-root")).to_have_count(0)
    for part in (visit.editor, visit.page.locator(".graphiql-execute-button"), visit.result):
        place = box(part)
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= screen["width"]
        assert place["y"] + place["height"] <= screen["height"]
        assert place["height"] >= FINGER
    assert_nothing_scrolls(visit)


def test_a_query_is_run_and_its_result_is_seen(visit: Visit) -> None:
    visit.page.locator(".graphiql-execute-button").tap()
    expect(visit.result).to_contain_text("鹤汀市人民政府办公厅2024年政府信息公开工作年度报告")
    expect(visit.result.get_by_text("鹤汀市人民政府办公厅2024年")).to_be_in_viewport()
    assert_nothing_scrolls(visit)


def test_upright_the_result_is_below_the_query(visit: Visit) -> None:
    screen = visit.screen
    query, result = box(visit.editor), box(visit.result)
    if screen["height"] > screen["width"]:
        assert result["y"] >= query["y"] + query["height"]
    else:
        assert result["x"] >= query["x"] + query["width"]


def test_every_button_is_large_enough_for_a_finger(visit: Visit) -> None:
    assert_fingers_fit(visit)
    visit.page.get_by_role("button", name="Show 示例").tap()
    expect(visit.page.locator(".graphiql-explorer-root")).to_be_visible()
    assert_fingers_fit(visit)


def open_every_ready_query(visit: Visit) -> None:
    for title in TITLES:
        visit.page.get_by_role("button", name="Show 示例").tap()
        visit.example(title).tap()
        expect(visit.page.locator(".graphiql-explorer-root")).to_have_count(0)
    expect(visit.page.locator(".graphiql-tab-button")).to_have_text(NAMES)


def test_any_ready_query_is_opened_from_the_pane_which_then_makes_room(visit: Visit) -> None:
    open_every_ready_query(visit)
    expect(visit.page.locator(".graphiql-tab-active")).to_be_in_viewport(ratio=0.9)
    assert_nothing_scrolls(visit)
    visit.page.locator(".graphiql-tab-button").first.tap()
    expect(visit.editor).to_contain_text(NAMES[0])


def test_many_tabs_stand_side_by_side_and_are_scrolled_with_a_finger(visit: Visit) -> None:
    open_every_ready_query(visit)
    boxes = [box(tab) for tab in visit.page.locator(".graphiql-tab").all()]
    assert all(one["x"] + one["width"] <= other["x"] for one, other in pairwise(boxes))
    strip = visit.page.locator(".graphiql-tabs")
    begin = box(strip)
    scrolled = strip.evaluate("strip => strip.scrollLeft")
    assert scrolled > 100
    visit.swipe_right(x=begin["x"] + 60, y=begin["y"] + 24, by=150)
    assert strip.evaluate("strip => strip.scrollLeft") < scrolled - 100


def test_variables_can_be_typed(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Variables").tap()
    variables = visit.page.get_by_role("region", name="Variables").locator(".CodeMirror")
    assert box(variables)["height"] >= FINGER
    variables.click()
    visit.page.keyboard.type("{")
    assert visit.text("variables") == "{}"
    expect(visit.editor).to_be_in_viewport()
    assert_nothing_scrolls(visit)


def test_documentation_opens_over_the_editor_and_goes_again(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Show Documentation Explorer").tap()
    link = visit.page.locator(".graphiql-doc-explorer a").first
    assert box(link)["height"] >= FINGER
    assert_nothing_scrolls(visit)
    visit.page.get_by_role("button", name="Hide Documentation Explorer").tap()
    expect(visit.page.locator(".graphiql-doc-explorer")).to_have_count(0)
