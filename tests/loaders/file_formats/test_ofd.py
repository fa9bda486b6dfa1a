from collections.abc import Callable, Mapping

import pytest

from loaders.errors import SourceError
from loaders.file_formats import ofd
from loaders.file_formats.sources import SourceFile
from tests.ofd import content, line, members, packed, text

PAGE = content(text(40, 40, "一、总体情况"), text(40, 60, "全年主动公开政府信息1,234条。"))


def lines_of(*pages: str, templates: Mapping[str, str] = {}) -> list[str]:
    return ofd.read(SourceFile("a.ofd", packed(members(pages, templates=templates)))).text.splitlines()


def text_object(code: str, *, boundary: str = "20 40 150 6", size: str = "5", attributes: str = "") -> str:
    return f'<ofd:TextObject Boundary="{boundary}" Size="{size}" {attributes}>{code}</ofd:TextObject>'


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(
            '<ofd:TextCode X="0" Y="5" DeltaX="5 5 2.5">公开12</ofd:TextCode>', ["公开12"], id="each distance"
        ),
        pytest.param('<ofd:TextCode X="0" Y="5" DeltaX="g 2 5 2.5">公开12</ofd:TextCode>', ["公开12"], id="a group"),
        pytest.param('<ofd:TextCode X="0" Y="5" DeltaX="2.5">1234</ofd:TextCode>', ["1234"], id="too few distances"),
        pytest.param('<ofd:TextCode X="0" Y="5">公开1234条</ofd:TextCode>', ["公开1234条"], id="no distance"),
        pytest.param(
            '<ofd:TextCode X="0" Y="5" DeltaX="g 1 2.5 g 1 20 g 1 2.5">1234</ofd:TextCode>', ["12 34"], id="gap"
        ),
        pytest.param(
            '<ofd:TextCode X="0" Y="5" DeltaX="5 -5 5" DeltaY="0 9 0">甲。乙。</ofd:TextCode>',
            ["甲。", "乙。"],
            id="a line end within",
        ),
        pytest.param(
            '<ofd:TextCode X="0" Y="5">甲</ofd:TextCode><ofd:TextCode X="5">乙</ofd:TextCode>', ["甲乙"], id="runs on"
        ),
        pytest.param(
            '<ofd:TextCode X="0" Y="5" DeltaX="g 99999999 5">甲乙</ofd:TextCode>', ["甲乙"], id="endless group"
        ),
        pytest.param('<ofd:TextCode X="nan" Y="1e999" DeltaX="g x y">甲乙</ofd:TextCode>', ["甲乙"], id="no numbers"),
    ],
)
def test_characters_stand_where_their_distances_say(code: str, expected: list[str]) -> None:
    assert lines_of(content(text_object(code))) == expected


def test_an_object_goes_through_its_matrix_to_its_place() -> None:
    small = text_object(
        '<ofd:TextCode X="0" Y="14" DeltaX="14">甲乙</ofd:TextCode>',
        size="14",
        attributes='CTM="0.3528 0 0 0.3528 0 0"',
    )
    right = text_object('<ofd:TextCode X="0" Y="5">丙</ofd:TextCode>', boundary="30 40 5 5")
    assert lines_of(content(small, right)) == ["甲乙丙"]


@pytest.mark.parametrize(
    "attributes", ['Visible="false"', 'Alpha="0"', 'CTM="0.7 0.7 -0.7 0.7 0 0"'], ids=["hidden", "clear", "aslant"]
)
def test_what_is_not_to_be_read_on_the_page_is_left_out(attributes: str) -> None:
    code = '<ofd:TextCode X="0" Y="5">内部资料</ofd:TextCode>'
    assert lines_of(content(text_object(code, attributes=attributes), text(40, 80, "甲"))) == ["甲"]


def test_text_printed_twice_for_bold_is_one_text() -> None:
    assert lines_of(content(text(40, 40, "2021年"), text(40.1, 40, "2021年"))) == ["2021年"]


def test_a_template_and_a_composite_object_are_printed_with_their_page() -> None:
    page = content(text(40, 60, "乙。"), head='<ofd:Template TemplateID="7"/>')
    assert lines_of(page, templates={"7": content(text(40, 40, "甲。"))}) == ["甲。", "乙。"]

    made = members([content('<ofd:CompositeObject Boundary="0 20 9 9" ResourceID="5"/>', text(40, 40, "甲。"))])
    unit = (
        f'<ofd:CompositeGraphicUnit ID="5"><ofd:Content>{text(40, 40, "乙。")}</ofd:Content></ofd:CompositeGraphicUnit>'
    )
    made["Doc_0/Res.xml"] = f'<ofd:Res xmlns:ofd="urn:x">{unit}</ofd:Res>'
    made["Doc_0/Document.xml"] = made["Doc_0/Document.xml"].replace(
        "</ofd:CommonData>", "<ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"
    )
    assert ofd.read(SourceFile("a.ofd", packed(made))).text == "甲。\n乙。\n"


def test_several_documents_follow_each_other() -> None:
    made = {**members([content(text(40, 40, "甲。"))]), **members([content(text(40, 40, "乙。"))], folder="Doc_1")}
    bodies = "".join(f"<o:DocBody><o:DocRoot>/Doc_{n}/Document.xml</o:DocRoot></o:DocBody>" for n in (0, 1))
    made["OFD.xml"] = f'<o:OFD xmlns:o="http://www.ofdspec.org">{bodies}</o:OFD>'
    assert ofd.read(SourceFile("a.ofd", packed(made))).text == "甲。\n乙。\n"


def test_rulings_make_cells_whether_drawn_or_filled() -> None:
    across = [line(20, y, 120, y) for y in (40, 50, 60)]
    box = "<ofd:AbbreviatedData>M 0 0 L 0.3 0 L 0.3 20 L 0 20 C</ofd:AbbreviatedData>"
    down = [
        f'<ofd:PathObject Boundary="{x} 40 1 20" Stroke="false" Fill="true">{box}</ofd:PathObject>'
        for x in (20, 70, 120)
    ]
    cells = [text(22, 42, "规章"), text(72, 42, "3"), text(22, 52, "规范性文件")]
    assert lines_of(content(*across, *down, *cells)) == ["规章 | 3 |", "规范性文件 |  |"]


def test_folders_may_be_parted_by_backslashes_and_named_in_any_case() -> None:
    made = {name.replace("/", "\\").upper(): data for name, data in members([PAGE]).items()}
    assert "一、总体情况" in ofd.read(SourceFile("a.ofd", packed(made))).text


def changed(change: Callable[[dict[str, str]], object]) -> bytes:
    made = members([PAGE, PAGE])
    change(made)
    return packed(made)


def renamed(made: dict[str, str], old: str, new: str) -> None:
    made["Doc_0/Document.xml"] = made["Doc_0/Document.xml"].replace(old, new)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
SECOND = "Doc_0/Pages/Page_1/Content.xml"
DEEP = "<ofd:PageBlock>" * 100 + "</ofd:PageBlock>" * 100
HOSTILE = {
    "a page is missing": (changed(lambda made: made.pop(SECOND)), "DAMAGED_FILE", "Page_1/Content.xml is missing"),
    "no root": (changed(lambda made: made.pop("OFD.xml")), "DAMAGED_FILE", "OFD.xml is missing"),
    "a root without documents": (changed(lambda made: made.update({"OFD.xml": "<x/>"})), "DAMAGED_FILE", "no document"),
    "a path outside": (
        changed(lambda made: renamed(made, "Pages/Page_1", "../../../etc/passwd")),
        "DAMAGED_FILE",
        "outside of itself",
    ),
    "entities": (changed(lambda made: made.update({SECOND: ENTITIES})), "DAMAGED_FILE", "declares entities"),
    "no XML": (changed(lambda made: made.update({SECOND: "no XML"})), "DAMAGED_FILE", "is no XML"),
    "empty page": (changed(lambda made: made.update({SECOND: ""})), "DAMAGED_FILE", "is no XML"),
    "blocks without end": (changed(lambda made: made.update({SECOND: content(DEEP)})), "DAMAGED_FILE", "without end"),
    "encrypted": (changed(lambda made: made.update({"Encryptions.xml": "<x/>"})), "ENCRYPTED_FILE", "password"),
    "cut": (packed(members([PAGE]))[:-200], "DAMAGED_FILE", "cannot be opened"),
    "nothing on it": (packed(members([content()])), "SCANNED_PDF", "no text"),
    "too many pages": (packed(members([PAGE] * 401)), "FILE_TOO_LARGE", "401 pages"),
    "characters without names": (
        packed(members([content(*(text(40, 40 + n * 9, "\ue001" * 20) for n in range(9)))])),
        "ENCODING_UNKNOWN",
        "without saying",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_package_is_refused_in_one_line(kind: str) -> None:
    data, code, words = HOSTILE[kind]
    with pytest.raises(SourceError) as caught:
        ofd.read(SourceFile("a.ofd", data))
    assert (caught.value.code, caught.value.where) == (code, "a.ofd")
    assert words in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_an_ornament_of_endless_lines_costs_no_text() -> None:
    path = f"<ofd:AbbreviatedData>M 0 0 {'L 1 1 ' * 100_000}</ofd:AbbreviatedData>"
    page = content(f'<ofd:PathObject Boundary="0 0 9 9">{path}</ofd:PathObject>', text(40, 40, "甲"))
    assert lines_of(page) == ["甲"]
