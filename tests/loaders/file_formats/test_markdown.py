import pytest

from loaders.file_formats.markdown import read
from loaders.file_formats.sources import SourceFile


@pytest.mark.parametrize(
    ("text", "body", "furniture"),
    [
        pytest.param(
            "# 青石县2021年年报\n\n一、总体情况\n",
            "# 青石县2021年年报\n\n一、总体情况\n",
            {"title": "青石县2021年年报"},
            id="heading",
        ),
        pytest.param(
            "---\ntitle: '甲年报'\ndate: 2022-01-20\ntags: x\n---\n正文内容\n",
            "正文内容\n",
            {"title": "甲年报", "publishedOn": "2022-01-20"},
            id="front matter",
        ),
        pytest.param("正文\n一、总体情况\n", "一、总体情况\n", {}, id="line that says so"),
        pytest.param("| a | b |\n|---|---|\n| 1 |  |\n", "| a | b |\n|---|---|\n| 1 |  |\n", {}, id="table first"),
        pytest.param("---\n一、总体情况\n---\n", "---\n一、总体情况\n---\n", {}, id="rules are no front matter"),
    ],
)
def test_the_file_is_taken_as_it_is(text: str, body: str, furniture: dict[str, str]) -> None:
    draft = read(SourceFile("a.md", text.encode()))
    assert draft.text == text
    assert draft.body is not None
    assert draft.text[slice(*draft.body)] == body
    assert draft.furniture == furniture
