from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import pairwise
from zlib import compress

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from loaders.errors import SourceError
from loaders.file_formats import pdf
from loaders.file_formats.pdf_page import MOST_SHAPES
from loaders.file_formats.sources import SourceFile
from tests.rendering import PDF_FONT, Cell, canonical_rows, render, report, table

Draw = Callable[[Canvas], None]
LEFT, TOP = 70.0, 780.0
SIZE = 14


def document(*pages: Draw, encrypt: str | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(PDF_FONT))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(PDF_FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*pages: Draw) -> list[str]:
    return pdf.read(SourceFile("a.pdf", document(*pages))).text.splitlines()


def texts(*placed: tuple[float, float, str]) -> Draw:
    def draw(canvas: Canvas) -> None:
        for x, y, text in placed:
            canvas.drawString(x, y, text)

    return draw


def prose(*rows: str, first: float = TOP, number: str = "", head: str = "") -> Draw:
    """Rows set one below the other; a row that begins with two ideographic blanks is indented."""

    def draw(canvas: Canvas) -> None:
        for index, row in enumerate(rows):
            text = row.lstrip("\u3000")
            canvas.drawString(LEFT + SIZE * (len(row) - len(text)), first - index * 24, text)
        for y, text in ((60, number), (815, head)):
            canvas.drawCentredString(297, y, text)

    return draw


FULL = "县" * 32


def test_lines_of_a_paragraph_are_joined_without_a_blank() -> None:
    assert lines(prose("\u3000\u3000" + FULL[:30], FULL, "完。", "\u3000\u3000" + FULL[:30], "完")) == [
        FULL[:30] + FULL + "完。",
        FULL[:30] + "完",
    ]


def test_a_paragraph_without_indent_ends_with_its_sentence() -> None:
    assert lines(prose(FULL, FULL[:31] + "。", FULL, "完。")) == [FULL + FULL[:31] + "。", FULL + "完。"]


def test_a_paragraph_runs_on_over_the_page_and_the_page_number_vanishes() -> None:
    found = lines(
        prose("\u3000\u3000" + FULL[:30], FULL, number="- 1 -"),
        prose(FULL, "完。", number="- 2 -"),
    )
    assert found == [FULL[:30] + FULL + FULL + "完。"]


@pytest.mark.parametrize("style", ["- {} -", "— {} —", "第 {} 页", "第{}页 共3页", "{}", "{}/3", "－{}－"])
def test_page_numbers_of_every_style_vanish(style: str) -> None:
    pages = [prose(f"{'甲乙丙'[n]}段的话。", number=style.format(n + 1)) for n in range(3)]
    assert lines(*pages) == ["甲段的话。", "乙段的话。", "丙段的话。"]


def test_a_lone_figure_at_the_foot_of_a_page_that_does_not_count_along_stays() -> None:
    assert lines(prose("行政许可决定数量如下。", number="0"), prose("行政处罚决定数量如下。", number="0"))[1::2] == [
        "0",
        "0",
    ]


def test_a_head_that_most_pages_repeat_vanishes() -> None:
    pages = [prose(f"{'甲乙丙'[n]}段的话，本页的文字。", head="青石县2021年年报") for n in range(3)]
    assert lines(*pages) == [f"{name}段的话，本页的文字。" for name in "甲乙丙"]


def test_a_heading_is_never_drawn_into_the_line_before_it() -> None:
    assert lines(prose(FULL, "二、主动公开政府信息情况", "（一）概况", "话。")) == [
        FULL,
        "二、主动公开政府信息情况",
        "（一）概况",
        "话。",
    ]


def test_a_title_set_in_two_lines_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(PDF_FONT, 22)
        canvas.drawCentredString(297, TOP, "青石县人民政府")
        canvas.drawCentredString(297, TOP - 32, "2021年政府信息公开工作年度报告")
        canvas.setFont(PDF_FONT, SIZE)
        prose("\u3000\u3000" + FULL[:30], FULL, "完。", first=TOP - 90)(canvas)

    assert lines(draw)[0] == "青石县人民政府2021年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("号 ， 邮 编 ： 223100 ， 电 话", "号，邮编： 223100 ，电话"),
        ("公开 1,234 条 ， 增长 12.5%", "公开 1,234 条，增长 12.5%"),
        ("⼀、⺠⽣⼯作与⻓⻔镇的政府信息公开", "一、民生工作与长门镇的政府信息公开"),
    ],
)
def test_blanks_between_chinese_vanish_and_radicals_become_ideographs(text: str, expected: str) -> None:
    assert lines(texts((LEFT, TOP, text), (LEFT, TOP - 100, "补足最少的文字，以免被当作扫描件。")))[0].replace(
        " ", ""
    ) == (expected.replace(" ", ""))


def test_columns_without_rulings_stay_rows_with_single_blanks() -> None:
    def row(y: float, label: str, *values: str) -> list[tuple[float, float, str]]:
        return [(LEFT, y, label), *((300 + 35 * index, y, value) for index, value in enumerate(values))]

    draw = texts(
        *row(TOP, "一、本年新收政府信息", *"1200345"),
        *row(TOP - 20, "二、上年结转", *"0000000"),
        *row(TOP - 40, "行政许可", "", "", "", "", "", "", "550"),
    )
    assert lines(draw) == ["一、本年新收政府信息 1 2 0 0 3 4 5", "二、上年结转 0 0 0 0 0 0 0", "行政许可 550"]


@pytest.mark.parametrize("letter_spacing", [0.0, 2.0])
@pytest.mark.parametrize("gap", [2.5, 8.0, 30.0])
def test_figures_of_neighbouring_columns_are_never_drawn_into_one(gap: float, letter_spacing: float) -> None:
    figures = ["13612", "252", "0", "45", "-128", "14069"]

    def draw(canvas: Canvas) -> None:
        x = LEFT
        for figure in figures:
            canvas.drawString(x, TOP, figure, charSpace=letter_spacing)
            x += canvas.stringWidth(figure, PDF_FONT, SIZE) + len(figure) * letter_spacing + gap
        canvas.drawString(LEFT, TOP - 50, "数据统计期限为2021年1月1日至2021-12-31", charSpace=letter_spacing)

    assert lines(draw)[0] == " ".join(figures)
    assert lines(draw)[1].replace(" ", "") == "数据统计期限为2021年1月1日至2021-12-31"
    assert "2021" in lines(draw)[1]


REQUESTS = table(
    [Cell("勾稽关系为：第一项加第二项之和，等于第三项加第四项之和", 3, 3), Cell("申请人情况", 7)],
    [Cell("自然人", rowspan=2), Cell("法人或其他组织", 5), Cell("总计", rowspan=2)],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    [Cell("一、本年新收政府信息公开申请数量", 3), "12", "3", "", "0", "0", "1", "16"],
    [Cell("三、本年度办理结果", rowspan=4), Cell("（一）予以公开", 2), "5", "", "", "", "", "", "5"],
    [Cell("（三）不予公开", rowspan=2), "1.属于国家秘密", "", "", "0", "0", "0", "1", "16"],
    ["2.其他法律行政法规禁止公开", "0", "0", "0", "0", "0", "0", "16"],
    [Cell("（七）总计"), "", "", "", "", "", "", "", "9"],
    [Cell("四、结转下年度继续办理", 3), "1,200", "3", "", "0", "-1", "1", "16"],
)
EXPECTED = [line.replace("（七）总计 |  |", "（七）总计 |") for line in canonical_rows(REQUESTS)]


def test_a_ruled_table_comes_out_row_by_row_with_blanks_and_merged_cells() -> None:
    data = render(report("青石县年报", "三、收到和处理政府信息公开申请情况", REQUESTS, "四、行政复议"), "pdf")
    found = pdf.read(SourceFile("a.pdf", data)).text.splitlines()
    assert found == ["青石县年报", "三、收到和处理政府信息公开申请情况", *EXPECTED, "四、行政复议"]


@pytest.mark.parametrize("cut", range(4, 9))
def test_a_table_cut_by_a_page_break_simply_goes_on(cut: int) -> None:
    whole = table(*REQUESTS.rows, cut_after=cut)
    data = render(report("青石县年报", "三、收到和处理政府信息公开申请情况", whole, "四、行政复议"), "pdf")
    assert pdf.read(SourceFile("a.pdf", data)).text.splitlines()[2:-1] == EXPECTED


def shape(canvas: Canvas, *points: tuple[float, float]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def framed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """A box as browsers print its border: four filled shapes, mitred where they meet."""
    outer = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    inner = ((x0 + 1, y0 - 1), (x1 - 1, y0 - 1), (x1 - 1, y1 + 1), (x0 + 1, y1 + 1), (x0 + 1, y0 - 1))
    for side in range(4):
        shape(canvas, outer[side], outer[side + 1], inner[side + 1], inner[side])


def ruled(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], style: str) -> None:
    for y in ys:
        if style == "dashes":
            canvas.setDash(4, 2)
        if style == "thin rectangles":
            canvas.rect(xs[0], y, xs[-1] - xs[0], 0.5, stroke=0, fill=1)
        else:
            canvas.line(xs[0], y, xs[-1], y)
    for x in xs[1:-1] if style == "open sides" else xs:
        if style == "thin rectangles":
            canvas.rect(x, ys[-1], 0.5, ys[0] - ys[-1], stroke=0, fill=1)
        else:
            canvas.line(x, ys[0], x, ys[-1])


@pytest.mark.parametrize(
    "style", ["lines", "dashes", "thin rectangles", "open sides", "stroked cells", "browser borders"]
)
def test_rulings_of_every_make_are_seen(style: str) -> None:
    xs, ys = [70.0, 200.0, 260.0, 320.0], [700.0, 670.0, 640.0]

    def draw(canvas: Canvas) -> None:
        if style == "browser borders":
            framed(canvas, xs[0] - 2, ys[0] + 2, xs[-1] + 2, ys[-1] - 2)
            for x0, x1 in pairwise(xs):
                for y0, y1 in pairwise(ys):
                    framed(canvas, x0 + 0.75, y0 - 0.75, x1 - 0.75, y1 + 0.75)
        elif style == "stroked cells":
            for x0, x1 in pairwise(xs):
                for y0, y1 in pairwise(ys):
                    canvas.rect(x0, y1, x1 - x0, y0 - y1)
        else:
            ruled(canvas, xs, ys, style)
        texts((80, 680, "行政规范性文件"), (210, 680, "3"), (80, 650, "规章"), (280, 650, "5"))(canvas)
        texts((LEFT, TOP, "二、主动公开政府信息情况"))(canvas)

    assert lines(draw) == ["二、主动公开政府信息情况", "行政规范性文件 | 3 |  |", "规章 |  | 5 |"]


def test_backgrounds_and_frames_are_no_tables() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        for y in (776, 752, 728):
            canvas.rect(60, y, 470, 24, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.rect(50, 700, 490, 120)
        canvas.line(50, 690, 540, 690)
        prose("\u3000\u3000" + FULL[:30], FULL, "完。")(canvas)

    assert lines(draw) == [FULL[:30] + FULL + "完。"]


def test_a_watermark_written_aslant_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        prose("本县主动公开政府信息的工作情况如下。")(canvas)
        canvas.rotate(45)
        canvas.drawString(500, 300, "内部资料")

    assert lines(draw) == ["本县主动公开政府信息的工作情况如下。"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_it_is_written(turned: int) -> None:
    data = render(report("青石县年报", "三、收到和处理政府信息公开申请情况", REQUESTS, "四、行政复议"), "pdf")
    pages = PdfDocument(data)
    pages[0].set_rotation(turned)
    buffer = BytesIO()
    pages.save(buffer)
    assert pdf.read(SourceFile("a.pdf", buffer.getvalue())).text.splitlines()[2:-1] == EXPECTED


def test_a_column_of_characters_written_twice_is_read_once() -> None:
    twice = texts(
        (LEFT, TOP, "本县主动公开政府信息的工作情况如下。"), (LEFT + 0.3, TOP, "本县主动公开政府信息的工作情况如下。")
    )
    assert lines(twice) == ["本县主动公开政府信息的工作情况如下。"]


def test_a_drawing_of_countless_shapes_is_no_table_and_costs_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        prose("本县主动公开政府信息的工作情况如下，共一页。")(canvas)
        for index in range(MOST_SHAPES + 1):
            canvas.rect(index % 500, index // 500, 3, 3)

    draft = pdf.read(SourceFile("a.pdf", document(draw)))
    assert draft.text == "本县主动公开政府信息的工作情况如下，共一页。\n"
    assert draft.warnings == ("page(s) 1 draw more than 20,000 shapes, which are taken for a drawing",)


def test_squared_paper_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([6 * n for n in range(99)], [6 * n for n in range(140)])
        prose("本县主动公开政府信息的工作情况如下，共一页。")(canvas)

    assert lines(draw) == ["本县主动公开政府信息的工作情况如下，共一页。"]


def made_by_hand(contents: bytes) -> bytes:
    """A PDF of one page whose contents are the fourth object, as given."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        contents,
    )
    bodies = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, body) for number, body in enumerate(objects, 1))
    return b"%PDF-1.5\n" + bodies + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"


def swollen() -> bytes:
    packed = compress(b"0 0 m 1 1 l S\n" * 2_000_000, 9)
    return made_by_hand(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed))


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 50, 50, 400, 600)


def test_a_page_that_is_a_picture_is_warned_of() -> None:
    draft = pdf.read(SourceFile("a.pdf", document(prose("本县主动公开政府信息的工作情况如下，共一页。"), picture)))
    assert draft.warnings == ("page(s) 2 hold only a picture, which is not read",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(lambda: document(picture, picture), "SCANNED_PDF", id="scan"),
        pytest.param(lambda: document(prose("报告"), encrypt="secret"), "ENCRYPTED_FILE", id="password"),
        pytest.param(lambda: b"%PDF-1.7\n" + b"nothing" * 50, "DAMAGED_FILE", id="no structure"),
        pytest.param(lambda: document(prose(FULL))[:700], "DAMAGED_FILE", id="cut short"),
        pytest.param(lambda: b"%PDF-1.4\ntrailer<</Root 1 0 R>>", "DAMAGED_FILE", id="no pages"),
        pytest.param(lambda: made_by_hand(b"4 0 R"), "SCANNED_PDF", id="an object that is itself"),
        pytest.param(swollen, "FILE_TOO_LARGE", id="contents without end"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(data: Callable[[], bytes], code: str) -> None:
    with pytest.raises(SourceError) as caught:
        pdf.read(SourceFile("a.pdf", data()))
    assert (caught.value.code, caught.value.where, bool(caught.value.hint)) == (code, "a.pdf", True)
