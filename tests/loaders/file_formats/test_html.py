import time

import pytest

from loaders.errors import SourceError
from loaders.file_formats import html
from loaders.file_formats.model import Draft
from loaders.file_formats.sources import SourceFile

TITLE = "青石县2021年政府信息公开工作年度报告"


def read(page: str | bytes) -> Draft:
    return html.read(SourceFile("a.html", page if isinstance(page, bytes) else page.encode()))


def lines(page: str | bytes) -> list[str]:
    return read(page).text.splitlines()


PORTAL = f"""<!DOCTYPE html><html><head><title>{TITLE}_年度报告_青石县人民政府</title>
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2022-01-20 10:00">
<link rel="canonical" href="https://www.qingshi.gov.cn/nb/1.html"><style>p {{ color: red }}</style></head><body>
<div class="header"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>
<div class="location">当前位置：<a>首页</a> &gt; <a>年报</a></div>
<div class="wrap"><table class="info"><tr><td>索 引 号：</td><td>QS001-2022-0001</td>
<td>发布机构：</td><td>青石县人民政府办公室</td></tr>
<tr><td>成文日期：</td><td>2022年1月18日</td><td>文号：</td><td></td></tr></table>
<h1>{TITLE}</h1>
<div class="sub">来源：县政府办 发布时间：2022-01-20 浏览次数：<span>12</span>次 【字体：<a>大</a> <a>小</a>】</div>
<div id="zoom"><div class="TRS_Editor"><p>根据条例规定，现公布本县年度报告。</p><script>var 数 = 1;</script>
<p style="display:none">隐藏的一句话。</p><p>一、总体情况</p><p>我县全年主动公开信息100条。</p></div></div>
<div class="tail"><p>二、主动公开政府信息情况</p>
<table><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>&nbsp;</td></tr></table></div>
<div class="btn">打印 关闭窗口</div><div>上一篇：<a>2020年年报</a></div>
<div class="right"><h3>热点</h3><ul><li><a>邻县的新闻报道，标题写得很长很长很长很长。</a></li></ul></div></div>
<div class="footer">版权所有：青石县人民政府。
主办单位：青石县人民政府办公室，本站内容未经许可不得转载。</div></body></html>"""


def test_the_report_is_found_on_a_portal_page_and_the_page_around_it_is_left_out() -> None:
    assert lines(PORTAL) == [
        TITLE,
        "根据条例规定，现公布本县年度报告。",
        "一、总体情况",
        "我县全年主动公开信息100条。",
        "二、主动公开政府信息情况",
        "信息内容 | 本年制发件数 |",
        "规章 |  |",
    ]


def test_the_values_of_the_page_are_kept() -> None:
    assert read(PORTAL).furniture == {
        "title": TITLE,
        "publishedOn": "2022-01-20 10:00",
        "url": "https://www.qingshi.gov.cn/nb/1.html",
        "indexNumber": "QS001-2022-0001",
        "agency": "青石县人民政府办公室",
        "createdOn": "2022年1月18日",
        "source": "县政府办",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "no-such-table", ""])
def test_the_encoding_is_told_whatever_the_page_declares(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>{TITLE}</p><p>一、总体情况</p></body></html>"
    assert lines(page.encode(encoding)) == [TITLE, "一、总体情况"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(f"<title>{TITLE}</title><p>一、总体情况</p>", TITLE, id="title element"),
        pytest.param(
            f"<title>{TITLE}-年报-青石县人民政府</title><p>一、总体情况</p>", TITLE, id="title with site name"
        ),
        pytest.param(f"<title>青石县政府网_{TITLE}</title><p>一、总体情况</p>", TITLE, id="site name first"),
        pytest.param(f"<title>年报</title><h1>{TITLE}</h1><p>一、总体情况</p>", TITLE, id="heading"),
        pytest.param("<title>青石县政府门户网站</title><p>一、总体情况</p>", "一、总体情况", id="site name only"),
        pytest.param(
            f"<title>年报</title><p>{TITLE}</p><p>一、总体情况</p>", TITLE, id="own title, page named after column"
        ),
        pytest.param(
            f"<title>{TITLE}</title><p>青石县</p><p>2021年政府信息公开工作年度报告</p>",
            "青石县",
            id="title in two lines",
        ),
    ],
)
def test_the_text_begins_with_the_title_once(page: str, expected: str) -> None:
    found = lines(page)
    assert found[0] == expected
    assert "".join(found).count("年度报告") <= 1


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<p>全县\n   公开<br>二<br/><br/>三</p>", ["全县公开", "二", "三"], id="breaks"),
        pytest.param(
            "<div>一<div>二</div>三<p>四</p>五</div>", ["一", "二", "三", "四", "五"], id="text between blocks"
        ),
        pytest.param("<p>公<b>开</b><font>信息</font> <a>100</a>条</p>", ["公开信息 100条"], id="inline elements"),
        pytest.param("<ol><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>", ["1.甲", "2.乙", "丙"], id="lists"),
        pytest.param('<ol start="3"><li>甲</li></ol>', ["3.甲"], id="list that starts later"),
        pytest.param(
            "<p>甲<!-- 注 --><span hidden>藏</span>乙<script>x</script>丙</p>", ["甲乙丙"], id="invisible parts"
        ),
        pytest.param("<p>&nbsp;</p><p>\u3000\u3000甲</p><p>\u200b</p>", ["甲"], id="blank paragraphs"),
        pytest.param("<p>a &lt; b &amp; c</p>", ["a < b & c"], id="entities"),
        pytest.param("甲<br>乙", ["甲", "乙"], id="fragment without blocks"),
        pytest.param("<p>甲<p>乙<div>丙", ["甲", "乙", "丙"], id="unclosed"),
    ],
)
def test_each_block_is_a_line(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("<tr><td>规章</td><td>0</td><td>&nbsp;</td><td></td></tr>", ["规章 | 0 |  |  |"], id="blanks"),
        pytest.param(
            "<tr><th>本年新<br>制作</th><td><p>1</p><p>2</p></td></tr>", ["本年新 制作 | 1 2 |"], id="lines in a cell"
        ),
        pytest.param("<tr><td>三<br>、<br>本</td><td>1</td></tr>", ["三、本 | 1 |"], id="written downwards"),
        pytest.param(
            "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr>",
            ["甲 | 乙 |", "1 | 2 |"],
            id="spans",
        ),
        pytest.param(
            "<tr><td rowspan=x>甲</td><td colspan=-1>1</td></tr>", ["甲 | 1 |"], id="spans that are no numbers"
        ),
        pytest.param("<tr><td>甲|乙</td><td>1</td></tr>", ["甲/乙 | 1 |"], id="bar in a cell"),
        pytest.param(
            "<tr height=0><td></td><td></td></tr><tr><td>甲</td><td>1</td></tr>", ["甲 | 1 |"], id="row of no height"
        ),
        pytest.param("<tr><td>甲</td><td style='display:none'>x</td><td>1</td></tr>", ["甲 | 1 |"], id="hidden cell"),
        pytest.param(
            "<thead><tr><td>甲</td><td>乙</td></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody>",
            ["甲 | 乙 |", "1 |  |"],
            id="row groups",
        ),
        pytest.param("<tr><td></td><td></td></tr>", [" |  |"], id="nothing but blanks"),
        pytest.param("<caption>附表</caption><tr><td>甲</td><td>1</td></tr>", ["附表", "甲 | 1 |"], id="caption"),
    ],
)
def test_each_row_of_a_table_is_a_line(rows: str, expected: list[str]) -> None:
    assert lines(f"<p>前</p>头<table>{rows}</table>尾<p>后</p>") == ["前", "头", *expected, "尾", "后"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<table><tr><td><p>一、总体情况</p><p>很好。</p></td></tr></table>", id="one column"),
        pytest.param(
            "<table><tr><td>左</td><td><table><tr><td>一、总体情况</td></tr></table><p>很好。</p></td></tr></table>",
            id="nested",
        ),
    ],
)
def test_tables_that_lay_out_the_page_are_not_rows(page: str) -> None:
    assert [line for line in lines(page) if line != "左"] == ["一、总体情况", "很好。"]


def test_a_table_beside_the_known_container_belongs_to_the_report() -> None:
    page = (
        f"<body><div><div id='zoom'><p>{TITLE}</p><p>{'本县认真落实条例。' * 9}</p></div>"
        "<div><p>三、收到和处理政府信息公开申请情况</p><table><tr><td>一、本年新收</td><td>5</td></tr></table></div></div></body>"
    )
    assert lines(page)[-2:] == ["三、收到和处理政府信息公开申请情况", "一、本年新收 | 5 |"]


def test_pictures_in_the_content_are_warned_of() -> None:
    assert "2 picture(s)" in read("<p>二、主动公开</p><img src=1.png><p>三、申请</p><img src=2.png>").warnings[0]


def test_a_page_that_is_plain_text_is_taken_as_it_is() -> None:
    assert read("一、总体情况\n\n 二\n").text == "一、总体情况\n\n 二\n"


@pytest.mark.parametrize("depth", [300, 1500])
def test_pages_nested_as_deep_as_office_programs_do_are_read(depth: int) -> None:
    assert lines("<div><font>" * (depth // 2) + "<p>一、总体情况</p>") == ["一、总体情况"]
    assert lines("<table><tr><td>" * (depth // 3) + "一、总体情况") == ["一、总体情况"]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        pytest.param(
            "<html><head><title>x</title></head><body><script>1</script></body></html>", "EMPTY_FILE", id="no text"
        ),
        pytest.param("<frameset><frame src=a></frameset>", "EMPTY_FILE", id="frames"),
        pytest.param("<div>" * 9000 + "深", "DAMAGED_FILE", id="nested without end"),
        pytest.param("<p>" + "x" * 25_000_000, "FILE_TOO_LARGE", id="beyond the cap"),
    ],
)
def test_pages_that_hold_no_report_are_refused(page: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(page)
    assert (caught.value.code, caught.value.where) == (code, "a.html")


def test_the_work_on_a_page_grows_no_faster_than_the_page() -> None:
    less, more = (min(_seconds(_table_of(rows)) for _ in range(5)) for rows in (200, 800))
    assert more < 2 * 4 * less, "four times the rows take about four times as long"


def _table_of(rows: int) -> bytes:
    row = f"<tr>{'<td><p align=center>1</p></td>' * 8}</tr>"
    return PORTAL.replace("</table></div>", f"{row * rows}</table></div>").encode()


def _seconds(page: bytes) -> float:
    start = time.thread_time()  # what this thread worked, not how long it waited for a busy machine
    read(page)
    return time.thread_time() - start
