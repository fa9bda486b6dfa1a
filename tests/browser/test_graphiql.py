"""GraphiQL in a real Chromium against a real server: what a reader meets, and that nothing leaves the machine."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import NAMES, TITLES, Visit, visiting

pytestmark = pytest.mark.browser

BY_YEAR = "query ByYear($year: Int!) { reports(where: { year: { eq: $year } }) { totalCount nodes { year } } }"
TYPED = '{ report(agency: "Qinglan County", year: 2021) { title year } }'


def test_the_page_opens_with_the_explorer_and_a_button_for_each_ready_query(visit: Visit) -> None:
    visit.open()
    expect(visit.page).to_have_title("公开 Gongkai · GraphiQL")
    expect(visit.page.locator(".graphiql-explorer-root")).to_contain_text("report")
    expect(visit.page.locator(".gongkai-examples button > :first-child")).to_have_text(TITLES)
    expect(visit.page.locator(".gongkai-logo")).to_have_text("公开Gongkai")


def test_the_name_leads_to_the_documentation_and_a_query_there_leads_back(visit: Visit) -> None:
    visit.open()
    visit.page.locator(".gongkai-logo").click()
    expect(visit.page.get_by_role("link", name="常见问题")).to_be_visible()
    visit.page.locator("pre:has-text('青岚县人民政府') + .run").click()
    visit.press_run()
    expect(visit.result).to_contain_text("青岚县人民政府2021年")


def test_the_first_ready_query_shows_a_chinese_report(visit: Visit) -> None:
    visit.open()
    visit.run()
    expect(visit.result).to_contain_text("鹤汀市人民政府办公厅2024年政府信息公开工作年度报告")


@pytest.mark.parametrize(("name", "title"), list(zip(NAMES, TITLES, strict=True)), ids=NAMES)
def test_each_ready_query_answers_with_something(visit: Visit, name: str, title: str) -> None:
    visit.open()
    visit.example(title).click()
    answer = json.loads(visit.run(name=name))
    assert "errors" not in answer
    for found in answer["data"].values():
        assert found.get("nodes", True) if isinstance(found, dict) else found


def test_a_ready_query_opens_beside_the_others_and_again_after_its_tab_was_closed(visit: Visit) -> None:
    visit.open()
    before = visit.text()
    visit.example(TITLES[1]).click()
    expect(visit.page.locator(".graphiql-tab-button")).to_have_text([NAMES[0], NAMES[1]])
    visit.page.get_by_role("tab", name=NAMES[0]).click()
    assert visit.text() == before
    visit.example(TITLES[1]).click()
    expect(visit.page.locator(".graphiql-tab-button")).to_have_count(2)
    visit.page.get_by_role("button", name="Close Tab").last.click()
    expect(visit.page.locator(".graphiql-tab-button")).to_have_count(0)
    expect(visit.page.locator(".graphiql-explorer-root input").first).to_have_value(NAMES[0])
    visit.example(TITLES[1]).click()
    expect(visit.page.locator(".graphiql-tab-button")).to_have_text([NAMES[0], NAMES[1]])


def test_a_new_tab_says_in_both_languages_what_this_is_and_how_to_run(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Add tab").click()
    expect(visit.editor).to_contain_text("政府信息公开")
    for words in ("open-government reports", "Documentation", "Ctrl+Enter", "Ready queries"):
        assert words in visit.text()
    assert "Welcome to GraphiQL" not in visit.text()
    assert all(line.startswith("#") for line in visit.text().splitlines() if line)


def test_the_explorer_adds_a_field_to_the_query(visit: Visit) -> None:
    visit.open()
    visit.page.locator(".graphiql-explorer-root").get_by_text("publishedOn", exact=True).first.click()
    assert visit.has_written("publishedOn")


def test_an_argument_that_is_added_in_the_explorer_can_be_typed_at_once(visit: Visit) -> None:
    visit.open()
    visit.page.locator(".graphiql-explorer-root").get_by_text("after:", exact=True).first.click()
    expect(visit.editor).to_contain_text("after:")
    assert visit.focused == "graphiql-explorer-root"


def test_the_explorer_takes_no_focus_when_the_page_or_another_tab_opens(visit: Visit) -> None:
    named = visit.page.locator(".graphiql-explorer-root input").first
    visit.open()
    assert visit.focused == ""
    visit.example(TITLES[2]).click()
    expect(named).to_have_value(NAMES[2])
    assert visit.focused == ""
    visit.page.get_by_role("tab", name=NAMES[0]).click()
    expect(named).to_have_value(NAMES[0])
    assert visit.focused == ""


@pytest.mark.parametrize("touch", [False, True], ids=["keyboard", "touch"])
def test_who_types_in_the_editor_stays_in_it_and_every_character_arrives(
    browser: Browser, address: str, *, touch: bool
) -> None:
    # On a touch screen the editor is no text area, which is all that the explorer looks for.
    with visiting(browser, address, width=1180, height=820, touch=touch) as visit:
        visit.open()
        visit.editor.click(position={"x": 120, "y": 40})
        visit.page.keyboard.press("Control+A")
        visit.page.keyboard.press("Delete")
        visit.page.keyboard.type(TYPED, delay=40)
        expect(visit.page.locator(".graphiql-explorer-root input").first).to_be_visible()
        assert visit.focused == "CodeMirror"
        assert visit.text() == TYPED


def test_the_keyboard_alone_runs_a_query(visit: Visit) -> None:
    visit.open()
    visit.editor.click()
    visit.page.keyboard.press("Control+Enter")
    expect(visit.result).to_contain_text('"data"')


def test_the_keyboard_alone_opens_a_ready_query_and_runs_it(visit: Visit) -> None:
    visit.open()
    visit.example(TITLES[5]).focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("button", name="Execute query")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.result).to_contain_text('"forms"')


def test_a_link_opens_its_query_and_an_error_is_shown(visit: Visit) -> None:
    visit.open("?query=%7B%20nothing%20%7D")
    answer = json.loads(visit.run())
    expect(visit.result).to_contain_text(answer["errors"][0]["extensions"]["code"])


def test_a_link_opens_its_query_with_its_variables_and_runs_it_with_them(visit: Visit) -> None:
    visit.open("?" + urlencode({"query": BY_YEAR, "variables": '{"year": 2021}'}))
    assert visit.text() == BY_YEAR
    expect(visit.page.get_by_role("region", name="Variables")).to_contain_text('{"year": 2021}')
    answer = json.loads(visit.run(name="ByYear"))
    assert {report["year"] for report in answer["data"]["reports"]["nodes"]} == {2021}


def test_a_link_opens_beside_tabs_that_were_left_open_and_leaves_theirs_alone(visit: Visit) -> None:
    left = "query Left($kept: ID!) { node(id: $kept) { id } }"
    visit.open("?" + urlencode({"query": left, "variables": '{"kept": "1"}'}))
    visit.example(TITLES[1]).click()
    expect(visit.page.get_by_role("tab", name=NAMES[1])).to_be_visible()
    assert visit.has_stored(f"query {NAMES[1]}")

    visit.open("?" + urlencode({"query": BY_YEAR, "variables": '{"year": 2020}'}))

    expect(visit.page.locator(".graphiql-tab-button")).to_have_text(["Left", NAMES[1], "ByYear"])
    assert visit.text("variables") == '{"year": 2020}'
    assert {report["year"] for report in json.loads(visit.run(name="ByYear"))["data"]["reports"]["nodes"]} == {2020}
    visit.page.get_by_role("tab", name="Left").click()
    assert visit.text("variables") == '{"kept": "1"}'


def test_a_link_names_which_of_several_operations_is_run(visit: Visit) -> None:
    both = "query One { forms { key } }\nquery Two { ratios { ratio } }"
    visit.open("?" + urlencode({"query": both, "operationName": "Two"}))
    visit.page.locator(".graphiql-query-editor textarea").focus()
    with visit.page.expect_request(lambda request: request.method == "POST") as asked:
        visit.page.keyboard.press("Control+Enter")
    assert (asked.value.post_data_json or {})["operationName"] == "Two"
    expect(visit.result).to_contain_text('"ratios"')


def test_the_open_tab_can_be_had_as_a_link_that_opens_it_again(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked = {"query": BY_YEAR, "variables": '{"year": 2019}'}
    visit.open("?" + urlencode(asked))
    visit.page.evaluate("history.replaceState(null, '', location.pathname)")
    visit.page.get_by_role("button", name="Copy link").click()
    expect(visit.page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    link = visit.page.evaluate("navigator.clipboard.readText()")
    assert visit.page.url == link
    assert {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()} == asked
    visit.open(f"?{urlsplit(link).query}")
    assert (visit.text(), visit.text("variables")) == (asked["query"], asked["variables"])


def test_a_link_can_be_had_where_the_browser_gives_no_clipboard(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visit.open()
    visit.page.get_by_role("button", name="Copy link").click()
    expect(visit.page.get_by_role("status").filter(has_text="address bar")).to_be_visible()
    assert parse_qs(urlsplit(visit.page.url).query)["query"] == [visit.text()]


def test_invented_samples_are_marked_as_such(visit: Visit) -> None:
    visit.open()
    expect(visit.page.locator(".gongkai-badge")).to_have_text("样例数据（虚构） · invented samples")
    expect(visit.notice).to_be_empty()


def test_the_documentation_begins_with_what_the_api_is(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_label("Show Documentation Explorer").click()
    documentation = visit.page.locator(".graphiql-doc-explorer")
    expect(documentation).to_contain_text("政府信息公开工作年度报告")
    expect(documentation).to_contain_text("never 0")


def test_the_documentation_carries_the_official_labels(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_label("Show Documentation Explorer").click()
    documentation = visit.page.locator(".graphiql-doc-explorer")
    for name in ("Query", "Report", "Requests", "RequestsRow"):
        documentation.get_by_text(name, exact=True).first.click()
    expect(documentation).to_contain_text("自然人")


def test_there_is_nowhere_to_type_a_header_that_would_stay_behind(visit: Visit) -> None:
    visit.open()
    expect(visit.page.get_by_role("button", name="Variables")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Headers")).to_have_count(0)
    assert visit.page.evaluate("localStorage.getItem('graphiql:shouldPersistHeaders')") in {None, "false"}
