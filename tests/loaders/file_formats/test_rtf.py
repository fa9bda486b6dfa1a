import pytest

from loaders.errors import SourceError
from loaders.file_formats import read, rtf
from loaders.file_formats.sources import SourceFile

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}}"


def coded(text: str, encoding: str = "gb18030") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def lines_of(body: str, *, head: str = r"\ansi\ansicpg936") -> list[str]:
    data = f"{{\\rtf1{head}{FONTS}{body}}}".encode("latin-1")
    return rtf.read(SourceFile("a.rtf", data)).text.splitlines()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(coded("公开") + r" 12" + coded("条"), ["公开 12条"], id="bytes of the code page"),
        pytest.param(r"\f1 " + "公开".encode("gb18030").decode("latin-1"), ["公开"], id="bare bytes"),
        pytest.param(r"\uc1\u20844?\u24320?12", ["公开12"], id="characters by number"),
        pytest.param(
            r"\uc2\u20844" + coded("公") + r"\u24320" + coded("开"), ["公开"], id="with what stands in for them"
        ),
        pytest.param(r"{\uc0\u20844}\uc1\u24320?", ["公开"], id="what stands in is counted by group"),
        pytest.param(r"\u-10179?\u-8704?", ["\U0001f600"], id="two halves"),
        pytest.param(r"A\par\line B\tab C\emdash D\~E\_F", ["A", "B C\u2014D E-F"], id="words for signs"),
        pytest.param("A\\\nB\\{\\\\\\}", ["A", "B{\\}"], id="signs"),
        pytest.param(r"A{\v hidden}{\deleted gone}{\*\bkmkstart x}{\info{\title t}}B", ["AB"], id="not printed"),
        pytest.param(r"A{\pict\wmetafile8 0123456789abcdef}{\object{\*\objdata ff}}B", ["AB"], id="pictures"),
        pytest.param(
            r"{\header page 1}{\listtext 1.\tab}A{\field{\*\fldinst PAGE}{\fldrslt 7}}", ["1.A7"], id="groups"
        ),
        pytest.param(r"A\bin5 {{{{{B", ["AB"], id="binary data"),
        pytest.param(r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt box\par}}}", ["box"], id="text in a box"),
    ],
)
def test_text_reads_as_it_is_printed(body: str, expected: list[str]) -> None:
    assert lines_of(body) == expected


def test_fonts_tell_the_encoding_where_the_code_page_is_latin() -> None:
    body = r"\f1 " + coded("甲") + r"{\f2 " + coded("乙", "big5") + r"}\f0 \'e9"
    assert lines_of(body, head=r"\ansi\ansicpg1252") == ["甲乙é"]


def row(*cells: tuple[str, int], texts: tuple[str, ...] = (), left: int = 0) -> str:
    places = "".join(f"{mark}\\cellx{right}" for mark, right in cells)
    filled = "".join(f"\\pard\\intbl {text}\\cell " for text in texts)
    return f"\\trowd\\trleft{left}{places} {filled}\\row "


def test_rows_of_a_table_keep_their_blanks_and_merged_cells_stand_once() -> None:
    body = (
        r"\pard before\par "
        + row((r"\clvmgf", 1000), ("", 2000), ("", 3000), texts=("A", "B", ""))
        + row((r"\clvmrg", 1010), ("", 2005), ("", 2990), texts=("", r"C\par D", "2"))
        + row((r"\clmgf", 1000), (r"\clmrg", 2000), ("", 3000), texts=("E", "", "3"), left=5)
        + r"\pard after\par"
    )
    assert lines_of(body) == ["before", "A | B |  |", "C D | 2 |", "E | 3 |", "after"]


def test_a_row_whose_definition_is_lost_still_has_its_cells() -> None:
    assert lines_of(r"\pard\intbl A\cell 1\cell\row \pard after") == ["A | 1 |", "after"]


def test_a_cut_file_is_read_as_far_as_it_goes_and_says_so() -> None:
    found = rtf.read(SourceFile("a.rtf", rb"{\rtf1 {A\par\trowd\cellx9 B\cell C"))
    assert (found.text, found.warnings) == ("A\nB\nC\n", ("the end of the file is missing",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(rb"{\rtf1}", "EMPTY_FILE", id="empty"),
        pytest.param(rb"{\rtf1" + b"{" * 100_000, "EMPTY_FILE", id="groups without end"),
        pytest.param(rb"{\rtf1\bin9999999999 A}", "EMPTY_FILE", id="data without end"),
        pytest.param(rb"{\rtf1 " + b"A" * 1_600_000 + b"}", "FILE_TOO_LARGE", id="text without end"),
        pytest.param(rb"{\rtf1{\pict " + b"0" * 1_000_000, "EMPTY_FILE", id="only a picture"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile("a.rtf", data))
    assert (caught.value.code, caught.value.where) == (code, "a.rtf")
    assert caught.value.hint
