from loaders.file_formats.plain import read
from loaders.file_formats.sources import SourceFile

TEXT = "标题: 青石县2021年年报\r\n发布时间: 2022-01-20\r\n======== 正文 ========\r\n\u00a0一、总体情况\r\n"


def test_the_text_is_the_file_and_the_body_lies_behind_the_header() -> None:
    draft = read(SourceFile("a.txt", b"\xef\xbb\xbf" + TEXT.encode()))
    assert draft.text == TEXT
    assert draft.body is not None
    assert draft.text[slice(*draft.body)] == "\u00a0一、总体情况\r\n"
    assert draft.furniture == {"title": "青石县2021年年报", "publishedOn": "2022-01-20"}
    assert (draft.media_type, draft.encoding) == ("text/plain", "utf-8")
