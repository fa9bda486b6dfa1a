import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders.errors import SourceError
from loaders.file_formats import docx
from loaders.file_formats.sources import SourceFile

NAMESPACES = nsdecls("w")


def saved(document: WordDocument) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of(document: WordDocument) -> list[str]:
    return docx.read(SourceFile("a.docx", saved(document))).text.splitlines()


def body_of(*elements: str) -> list[str]:
    """The lines of a document whose body is these elements."""
    document = Document()
    for element in elements:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(_named(element)))
    return lines_of(document)


def _named(element: str) -> str:
    first, rest = element.split(">", 1) if ">" in element else (element, "")
    closing = first.endswith("/")
    return f"{first.removesuffix('/')} {NAMESPACES} xmlns:wps='urn:shape'" + ("/>" if closing else ">" + rest)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        pytest.param(f"<w:p>{run('一、')}{run('总体情况')}</w:p>", ["一、总体情况"], id="runs"),
        pytest.param(f"<w:p>{run('甲')}<w:r><w:br/></w:r>{run('乙')}</w:p>", ["甲", "乙"], id="line break"),
        pytest.param(f"<w:p>{run('甲')}<w:r><w:tab/></w:r>{run('乙')}</w:p>", ["甲 乙"], id="tabulator"),
        pytest.param(f"<w:p>{run('　　甲')}{run(' ')}</w:p><w:p/>", ["甲"], id="indent written as blanks"),
        pytest.param(f"<w:p>{run('甲')}{run('藏', '<w:vanish/>')}</w:p>", ["甲"], id="hidden"),
        pytest.param(
            f"<w:p><w:del>{run('旧').replace('w:t', 'w:delText')}</w:del><w:ins>{run('新')}</w:ins></w:p>",
            ["新"],
            id="tracked",
        ),
        pytest.param(f"<w:p><w:hyperlink>{run('网址')}</w:hyperlink></w:p>", ["网址"], id="link"),
        pytest.param(f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('甲')}</w:p>", ["甲"], id="field code"),
        pytest.param(
            f"<w:sdt><w:sdtContent><w:p>{run('甲')}</w:p></w:sdtContent></w:sdt>", ["甲"], id="content control"
        ),
    ],
)
def test_a_paragraph_is_a_line(paragraph: str, expected: list[str]) -> None:
    assert body_of(paragraph.removesuffix("<w:p/>")) == expected


def test_a_text_box_comes_behind_its_paragraph_once() -> None:
    box = f"<wps:txbx><w:txbxContent><w:p>{run('框中')}</w:p></w:txbxContent></wps:txbx>"
    assert body_of(f"<w:p>{run('甲')}<w:r><w:drawing>{box}</w:drawing></w:r></w:p>") == ["甲", "框中"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


DOWN, DOWN_ON = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
ACROSS, ACROSS_ON = "<w:hMerge w:val='restart'/>", "<w:hMerge/>"
TWO_WIDE = "<w:gridSpan w:val='2'/>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(f"<w:tr>{cell('甲')}{cell('')}{cell('0')}</w:tr>", ["甲 |  | 0 |"], id="blank"),
        pytest.param(
            f"<w:tr>{cell('甲', DOWN)}{cell('1')}</w:tr><w:tr>{cell('', DOWN_ON)}{cell('2')}</w:tr>",
            ["甲 | 1 |", "2 |"],
            id="merged downwards",
        ),
        pytest.param(
            f"<w:tr>{cell('甲', TWO_WIDE)}</w:tr><w:tr>{cell('1')}{cell('2')}</w:tr>",
            ["甲 |", "1 | 2 |"],
            id="merged across",
        ),
        pytest.param(
            f"<w:tr>{cell('甲', ACROSS)}{cell('', ACROSS_ON)}{cell('1')}</w:tr>",
            ["甲 | 1 |"],
            id="merged across the old way",
        ),
        pytest.param(
            f"<w:tr>{cell('甲')}{cell('1')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('乙')}{cell('2')}</w:tr>",
            ["甲 | 1 |"],
            id="deleted row",
        ),
        pytest.param(
            f"<w:tr>{cell('甲')}<w:sdt><w:sdtContent>{cell('1')}</w:sdtContent></w:sdt></w:tr>",
            ["甲 | 1 |"],
            id="control",
        ),
        pytest.param(
            f"<w:tr><w:tc><w:p>{run('商业')}</w:p><w:p>{run('企业')}</w:p></w:tc>{cell('1')}</w:tr>",
            ["商业 企业 | 1 |"],
            id="lines",
        ),
    ],
)
def test_a_row_of_a_table_is_a_line(rows: str, expected: list[str]) -> None:
    assert body_of(f"<w:p>{run('前')}</w:p>", f"<w:tbl>{rows}</w:tbl>", f"<w:p>{run('后')}</w:p>") == [
        "前",
        *expected,
        "后",
    ]


def test_a_table_around_a_table_only_lays_out_the_page() -> None:
    inner = f"<w:tbl><w:tr>{cell('规章')}{cell('0')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run('一、总体情况')}</w:p>{inner}<w:p/></w:tc>{cell('旁')}</w:tr></w:tbl>"
    assert body_of(outer) == ["一、总体情况", "规章 | 0 |", "旁"]


def numbered(levels: str, *, extra: str = "") -> Callable[..., list[str]]:
    """A document with one list, number 9, of these levels; its paragraphs are given as (depth, text)."""

    def lines(*paragraphs: tuple[int | None, str], list_id: int = 9) -> list[str]:
        document = Document()
        part = document.part.numbering_part.element
        abstract = parse_xml(f"<w:abstractNum {NAMESPACES} w:abstractNumId='90'>{levels}</w:abstractNum>")
        part.insert(0, abstract)
        part.append(parse_xml(f"<w:num {NAMESPACES} w:numId='9'><w:abstractNumId w:val='90'/></w:num>"))
        if extra:
            part.append(parse_xml(extra.replace("<w:num ", f"<w:num {NAMESPACES} ", 1)))
        for depth, text in paragraphs:
            document.add_paragraph(text)
            if depth is not None:
                place = f"<w:numPr {NAMESPACES}><w:ilvl w:val='{depth}'/><w:numId w:val='{list_id}'/></w:numPr>"
                document.element.body.p_lst[-1].get_or_add_pPr().append(parse_xml(place))
        return lines_of(document)

    return lines


def level(depth: int, style: str, text: str, start: int = 1, extra: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{style}'/>{extra}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


def test_numbers_that_word_writes_are_written_out_and_count_on_within_their_parent() -> None:
    lines = numbered(
        level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
    )
    found = lines(
        (0, "总体情况"),
        (1, "主动公开"),
        (2, "甲"),
        (2, "乙"),
        (1, "申请"),
        (2, "丙"),
        (None, "文"),
        (0, "其他"),
        (1, "丁"),
    )
    assert found == [
        "一、总体情况",
        "（一）主动公开",
        "1.甲",
        "2.乙",
        "（二）申请",
        "1.丙",
        "文",
        "二、其他",
        "（一）丁",
    ]


@pytest.mark.parametrize(
    ("style", "start", "expected"),
    [
        ("decimal", 7, "7"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 105, "一百〇五"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 2, "②"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"),
        ("lowerLetter", 2, "b"),
        ("upperLetter", 28, "BB"),
        ("upperRoman", 14, "XIV"),
        ("noSuchStyle", 4, "4"),
        ("chineseCounting", 0, "0"),
    ],
)
def test_number_styles_are_written_as_word_does(style: str, start: int, expected: str) -> None:
    assert numbered(level(0, style, "%1、", start))((0, "题")) == [f"{expected}、题"]


def test_bullets_and_unknown_lists_write_nothing() -> None:
    assert numbered(level(0, "bullet", "•"))((0, "甲"), (3, "乙")) == ["甲", "乙"]
    assert numbered(level(0, "decimal", "%1."))((0, "甲"), list_id=77) == ["甲"]


def test_a_number_of_several_levels_shows_them_all_and_legal_ones_in_figures() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2 ", extra="<w:isLgl/>")
    assert numbered(levels)((0, "甲"), (1, "乙"), (1, "丙")) == ["一、甲", "1.1 乙", "1.2 丙"]


def test_a_list_that_restarts_counts_from_its_own_start() -> None:
    restart = (
        "<w:num w:numId='10'><w:abstractNumId w:val='90'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
    )
    assert numbered(level(0, "decimal", "%1.", 5), extra=restart)((0, "甲"), (0, "乙"), list_id=10) == ["1.甲", "2.乙"]


def style(name: str, content: str) -> str:
    return f"<w:style {NAMESPACES} w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/>{content}</w:style>"


def test_a_style_gives_its_number_to_paragraphs_and_to_styles_based_on_it() -> None:
    document = Document()
    part = document.part.numbering_part.element
    levels = level(0, "chineseCounting", "%1、")
    part.insert(0, parse_xml(f"<w:abstractNum {NAMESPACES} w:abstractNumId='90'>{levels}</w:abstractNum>"))
    part.append(parse_xml(f"<w:num {NAMESPACES} w:numId='9'><w:abstractNumId w:val='90'/></w:num>"))
    styles = document.styles.element
    styles.append(parse_xml(style("H", "<w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr>")))
    styles.append(parse_xml(style("K", "<w:basedOn w:val='H'/>")))
    document.add_paragraph("总体情况", style="H")
    document.add_paragraph("其他", style="K")
    assert lines_of(document) == ["一、总体情况", "二、其他"]


def _package(*members: tuple[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members:
            package.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04 word/document.xml", id="cut short"),
        pytest.param(_package(("word/document.xml", b"<x/>")), id="parts missing"),
        pytest.param(saved(Document()).replace(b"PK\x05\x06", b"PK\x00\x00"), id="directory lost"),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        docx.read(SourceFile("a.docx", data))
    assert (caught.value.code, caught.value.where) == ("DAMAGED_FILE", "a.docx")


def test_a_package_that_swells_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "_LARGEST_UNPACKED", 1000)
    with pytest.raises(SourceError) as caught:
        docx.read(SourceFile("a.docx", saved(Document())))
    assert caught.value.code == "FILE_TOO_LARGE"
