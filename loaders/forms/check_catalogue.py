"""Every check but the forms' own sums as data: what it asks, how much it weighs, where it comes from, how it speaks.

The sums stand with the forms that prescribe them (R1 to R4, D13). Sources of the rest: official texts (R5 to R11), and
derivations from the fields' meaning (Y, D, H).
A wording's `{…}` are facts of one check; `{left}`, `{right}` and `{difference}` are always there. The linter in the tests
holds that every assessable check is assessed by a function and that every function assesses a check of this list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from loaders.forms.messages import Message
from loaders.forms.model import Severity


class Reach(StrEnum):
    """What a check looks at."""

    REPORT = "REPORT"  # one report alone
    YEARS = "YEARS"  # a report and the same agency's report on the year before
    MEMBERS = "MEMBERS"  # a region's aggregate and the reports it contains
    NOT_TESTABLE = "NOT_TESTABLE"  # a rule of counting that leaves no trace in the figures


@dataclass(frozen=True, slots=True)
class Wording:
    """What a check says when it passes, when it fails and when it cannot be assessed."""

    passes: Message
    fails: Message
    unknown: Message


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A check: its stable code, its words, and one wording for each thing that it asks."""

    code: str
    severity: Severity
    reach: Reach
    title: Message
    explanation: Message
    source: str
    wordings: Mapping[str, Wording]


def _said(
    passes: tuple[str, str], fails: tuple[str, str], unknown: tuple[str, str] | None = None, *, part: str = ""
) -> dict[str, Wording]:
    """One wording, English before Chinese; without `unknown`, what lacks a figure is named."""
    missing = unknown or ("not assessable, no figure for {missing}", "无法核对,缺少:{missing}")
    return {part: Wording(Message(*passes), Message(*fails), Message(*missing))}


_SILENT: Mapping[str, Wording] = {}
_CELLS_UNREAD = ("not assessable, no figure of {what} was read", "无法核对,{what}没有读到数字")
_YEARS_UNREAD = (
    "{what}: not assessable, a figure of {year} or {other} is missing",
    "{what}:无法核对,{year}年或{other}年缺少数字",
)

CATALOGUE: tuple[CheckRule, ...] = (
    CheckRule(
        "R5",
        Severity.INFO,
        Reach.NOT_TESTABLE,
        Message("Separated requests count once", "区分处理只计一次"),
        Message(
            "A request handled by separation counts under partly granted and nowhere else; totals do not show whether that was kept.",
            "区分处理的申请只计入部分公开,不计其他情形;是否遵守无法从数字看出。",
        ),
        "printed in the label of row (二)",
        _SILENT,
    ),
    CheckRule(
        "R6",
        Severity.INFO,
        Reach.NOT_TESTABLE,
        Message("Co-defendants do not count", "共同被告不计"),
        Message(
            "Litigation in which the reviewing body is only a co-defendant is counted by the original agency; the figures do not show it.",
            "复议机关仅作为共同被告的诉讼由原行政机关统计;无法从数字看出。",
        ),
        "国办公开办函〔2016〕201号",
        _SILENT,
    ),
    CheckRule(
        "R7",
        Severity.WARNING,
        Reach.REPORT,
        Message("Change is a signed number", "增减带正负号"),
        Message(
            "The change of items is a number, negative for a decrease, and leaves no fewer than none. "
            "A decrease printed without its sign shows only against the next year (Y3).",
            "本年增/减为带正负号的数,减少用负数,且减后不小于零。漏写负号只能与下一年对照看出(Y3)。",
        ),
        "filling notes of Hubei to the form of 2019",
        {
            **_said(
                ("{what}: the change leaves {left} items", "{what}:增减后为{left}项"),
                (
                    "{what}: the change {change} would leave {left} items, fewer than none",
                    "{what}:增减{change}后剩{left}项,小于零",
                ),
                ("{what}: the change of items cannot be assessed", "{what}:本年增/减无法核对"),
            ),
            **_said(
                ("", ""),
                ("{what}: the change is given in words, “{text}”", "{what}:增减用文字“{text}”表示"),
                ("", ""),
                part="words",
            ),
        },
    ),
    CheckRule(
        "R8",
        Severity.WARNING,
        Reach.REPORT,
        Message("Who may make government rules", "规章制定权"),
        Message(
            "Only departments of the State Council, provinces and cities or prefectures with districts make government rules (规章); "
            "any other agency that reports some has misread the row.",
            "只有国务院部门、省级和设区的市、自治州政府制定规章;其他机关填报规章多为误解。",
        ),
        "立法法; filling notes of Hubei to the form of 2019",
        _said(
            ("no government rules are reported", "没有填报规章"),
            (
                "{left} government rules are reported by an agency that has no power to make them",
                "填报规章{left}件,而该机关没有规章制定权",
            ),
            ("whether the agency may make government rules cannot be told", "无法判断该机关是否有规章制定权"),
        ),
    ),
    CheckRule(
        "R9",
        Severity.WARNING,
        Reach.REPORT,
        Message("Published in time", "按时公布"),
        Message(
            "Departments publish by 31 January, governments by 31 March; until the reports on 2018 everyone had until 31 March. "
            "Where it is not clear which holds, only the later date is held against a report.",
            "部门应在1月31日前、政府应在3月31日前公布;2018年度及以前均为3月31日前。适用期限不明的,只按较晚的期限判断。",
        ),
        "条例 2008 art. 31; 条例 2019 art. 49",
        _said(
            ("published on {published}, due by {due}", "公布日期{published},期限{due}"),
            ("published on {published}, {days} days after {due}", "公布日期{published},比期限{due}晚{days}天"),
            ("whether it was published in time cannot be told", "无法判断是否按时公布"),
        ),
    ),
    CheckRule(
        "R10",
        Severity.WARNING,
        Reach.REPORT,
        Message("Period is a calendar year", "统计期限为整年"),
        Message("The figures are for 1 January to 31 December of the year.", "统计期限为当年1月1日至12月31日。"),
        "条例 art. 49; DB51/T 2660—2019",
        _said(
            ("the period is {start} to {end}", "统计期限为{start}至{end}"),
            (
                "the period is {start} to {end}, not the whole of {year}",
                "统计期限为{start}至{end},不是{year}年全年",
            ),
            ("the report states no complete period", "报告没有写明完整的统计期限"),
        ),
    ),
    CheckRule(
        "R11",
        Severity.WARNING,
        Reach.REPORT,
        Message("Nothing left out of what the edition prescribes", "格式完整"),
        Message(
            "The six sections and every row of the tables are there. A section whose heading was lost but whose content is found counts; "
            "a table that is a picture cannot be assessed; rows added to the form are not seen.",
            "六个部分和表格各行齐全。标题遗失而内容尚在的部分算有;表格为图片的无法核对;自行增加的行不在核对之列。",
        ),
        "国办公开办函〔2019〕60号; 国办公开办函〔2021〕30号",
        {
            **_said(
                ("all {right} sections are there", "{right}个部分齐全"),
                (
                    "{left} of {right} sections are there, missing: {missing}",
                    "{right}个部分中有{left}个,缺少:{missing}",
                ),
                ("no section was recognised", "没有识别出任何部分"),
                part="sections",
            ),
            **_said(
                ("{what}: every row is there", "{what}:各行齐全"),
                ("{what}: {left} missing of its rows: {missing}", "{what}:缺少{left}行:{missing}"),
                ("{what}: the table was not found in the text", "{what}:正文中没有找到表格"),
                part="rows",
            ),
        },
    ),
    CheckRule(
        "Y1",
        Severity.WARNING,
        Reach.YEARS,
        Message("Carried over is last year's pending", "结转衔接"),
        Message(
            "Requests carried over from last year equal those that last year's report left pending, for each kind of applicant. "
            "Corrections and mergers of agencies are legitimate exceptions.",
            "上年结转等于上年报告中的结转下年度继续办理,按申请人类别分别核对。更正和机构合并除外。",
        ),
        "derived from the labels of the two rows",
        _said(
            (
                "{what}: the {left} carried over from {other} were left pending there",
                "{what}:上年结转{left}件,与{other}年结转一致",
            ),
            (
                "{what}: {left} carried over, but {other} left {right} pending",
                "{what}:上年结转{left}件,而{other}年结转下年度{right}件",
            ),
            _YEARS_UNREAD,
        ),
    ),
    CheckRule(
        "Y2",
        Severity.WARNING,
        Reach.YEARS,
        Message("Documents in force follow from last year's", "现行有效件数衔接"),
        Message(
            "In force this year equals in force last year plus issued minus repealed, for rules and for normative documents.",
            "现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数,规章和行政规范性文件分别核对。",
        ),
        "derived from the labels of the columns",
        _said(
            ("{what}: {left} in force follow from the figures of {other}", "{what}:现行有效{left}件,与{other}年衔接"),
            (
                "{what}: {left} in force, but {other} and this year's changes make {right}",
                "{what}:现行有效{left}件,而按{other}年和本年变动应为{right}件",
            ),
            _YEARS_UNREAD,
        ),
    ),
    CheckRule(
        "Y3",
        Severity.WARNING,
        Reach.YEARS,
        Message("Items of last year follow from last year's report", "项目数量衔接"),
        Message(
            "The number of items of last year equals what last year's report started from plus its change.",
            "上一年项目数量等于上年报告中的上一年项目数量加其本年增/减。",
        ),
        "derived from the labels of the columns",
        {
            **_said(
                ("{what}: {left} items of last year, as {other} says", "{what}:上一年项目数量{left},与{other}年一致"),
                (
                    "{what}: {left} items of last year, but {other} makes them {right}",
                    "{what}:上一年项目数量{left},而按{other}年应为{right}",
                ),
                _YEARS_UNREAD,
            ),
            **_said(
                ("", ""),
                (
                    "{what}: {left} items of last year, but {other} makes them {right}, unless its change was a decrease without sign",
                    "{what}:上一年项目数量{left},而按{other}年应为{right};若{other}年的增减漏写负号则一致",
                ),
                ("", ""),
                part="sign",
            ),
        },
    ),
    CheckRule(
        "Y4",
        Severity.WARNING,
        Reach.YEARS,
        Message("Documents published in all do not fall", "对外公开总数量不减"),
        Message(
            "The number of documents published in all is no smaller than last year's; repeals are a legitimate exception.",
            "对外公开总数量不小于上年;因废止而减少的除外。",
        ),
        "derived from the label of the column",
        _said(
            ("{what}: {left} published in all, {right} in {other}", "{what}:对外公开总数量{left},{other}年为{right}"),
            (
                "{what}: {left} published in all, fewer than the {right} of {other}",
                "{what}:对外公开总数量{left},少于{other}年的{right}",
            ),
            _YEARS_UNREAD,
        ),
    ),
    CheckRule(
        "Y5",
        Severity.WARNING,
        Reach.YEARS,
        Message("No jump from year to year", "年度间突变"),
        Message(
            "A large figure does not grow or shrink five-fold within a year; an amount that does so ten-thousand-fold has most likely "
            "confused 元 and 万元. Figures that are small in both years are not compared.",
            "较大的数字一年内不应增至五倍或减至五分之一;金额相差约一万倍的,多为元与万元混淆。两年都较小的数字不比较。",
        ),
        "derived",
        {
            **_said(
                ("{what}: {left}, {right} in {other}", "{what}:{left},{other}年为{right}"),
                ("{what}: {left}, but {right} in {other}: a jump", "{what}:{left},而{other}年为{right},变动过大"),
                _YEARS_UNREAD,
            ),
            **_said(
                ("", ""),
                (
                    "{what}: {left} yuan, but {right} yuan in {other}: about ten thousand times, 元 and 万元 may be confused",
                    "{what}:{left}元,而{other}年为{right}元,相差约一万倍,可能混淆了元与万元",
                ),
                ("", ""),
                part="unit",
            ),
        },
    ),
    CheckRule(
        "Y6",
        Severity.INFO,
        Reach.YEARS,
        Message("Text is not last year's", "内容雷同"),
        Message(
            "The overview and the section on problems are written anew each year. Compared are runs of eight characters without numbers; "
            "the figure is the share of this year's text, in percent, that last year's holds too.",
            "总体情况和存在问题部分应逐年撰写。比较不含数字的八字片段,数值为本年内容中与上年相同的百分比。",
        ),
        "国办公开办函〔2021〕30号 names it as a fault",
        _said(
            ("{what}: {left} % of the text stood in {other}", "{what}:{left}%的内容与{other}年相同"),
            (
                "{what}: {left} % of the text stood word for word in {other}",
                "{what}:{left}%的内容与{other}年逐字相同,涉嫌雷同",
            ),
            ("{what}: too little text of {year} or {other} to compare", "{what}:{year}年或{other}年内容太少,无法比较"),
        ),
    ),
    CheckRule(
        "Y7",
        Severity.INFO,
        Reach.YEARS,
        Message("The edition changed in between", "年度间格式变更"),
        Message(
            "Between editions only figures that mean the same are compared: documents published in all (2019-20) are not documents in force (since 2021), "
            "and nothing is compared with the annex of 2014-18. A guard: it never fails, it says what was not compared.",
            "格式变更的两年只比较含义相同的数字:对外公开总数量(2019-2020)不是现行有效件数(2021起),2014-2018年统计表不作比较。此项只作说明,不判失败。",
        ),
        "comparison of the editions",
        _said(
            (
                "the edition changed from {before} in {other} to {after} in {year}; both print all that years are compared by",
                "{other}年格式为{before},{year}年为{after};年度间对照的数字两种格式均有",
            ),
            ("", ""),
            (
                "the edition changed from {before} in {other} to {after} in {year}; {skipped} are not compared",
                "{other}年格式为{before},{year}年为{after};{skipped}不作比较",
            ),
        ),
    ),
    CheckRule(
        "D1",
        Severity.ERROR,
        Reach.REPORT,
        Message("Counts are whole and not negative", "数量为非负整数"),
        Message(
            "Every count is a whole number, zero or more; changes and amounts are not counts.",
            "除本年增/减和金额外,数量均为非负整数。",
        ),
        "derived from the meaning of the cells",
        _said(
            ("{what}: every figure is a count", "{what}:数字均为非负整数"),
            (
                "{what}: {left} figures are negative or not whole, first {first}",
                "{what}:{left}个数字为负或不是整数,首个为{first}",
            ),
            _CELLS_UNREAD,
        ),
    ),
    CheckRule(
        "D2",
        Severity.INFO,
        Reach.REPORT,
        Message("Parts and totals are both filled in", "分项与总计同时填写"),
        Message(
            "A total is not left blank beside complete parts, and parts are not all left blank beside a total.",
            "分项齐全时总计不留空,填了总计时分项不全部留空。",
        ),
        "derived from the forms' sums",
        {
            **_said(
                ("{what}: no total is blank beside complete parts", "{what}:分项齐全的均有总计"),
                (
                    "{what}: totals left blank although their parts are complete: {left}",
                    "{what}:{left}处分项齐全而总计留空",
                ),
                _CELLS_UNREAD,
                part="total",
            ),
            **_said(
                ("{what}: no total stands without its parts", "{what}:填了总计的均有分项"),
                ("{what}: totals without any of their parts: {left}", "{what}:{left}处只填总计而分项全部留空"),
                _CELLS_UNREAD,
                part="parts",
            ),
        },
    ),
    CheckRule(
        "D3",
        Severity.WARNING,
        Reach.REPORT,
        Message("Text and table agree", "文字与表格一致"),
        Message(
            "What the narrative states of a table's cell is what the cell holds. Only statements that can be of nothing else are compared; "
            "requests received may include those carried over.",
            "正文所述与表格对应单元格一致。只比较含义确定的表述;正文的收到数可以包含上年结转数。",
        ),
        "derived",
        _said(
            ("{what}: the text says {stated}, the table {right}", "{what}:文中为{stated},表中为{right}"),
            ("{what}: the text says {stated}, but the table {right}", "{what}:文中为{stated},而表中为{right}"),
            (
                "{what}: the text says {stated}, the table has no figure to compare",
                "{what}:文中为{stated},表中没有可对照的数字",
            ),
        ),
    ),
    CheckRule(
        "D4",
        Severity.WARNING,
        Reach.REPORT,
        Message("Fees are explained", "信息处理费说明"),
        Message(
            "Where requests ended because a fee was not paid, or a fee is stated, the last section speaks of it, in yuan, and does not deny it.",
            "有因逾期不缴费而不再处理的申请或写有信息处理费的,第六部分应予说明,以元计,且不自相矛盾。",
        ),
        "国办函〔2020〕109号",
        {
            **_said(
                ("the last section speaks of the fee", "第六部分说明了信息处理费"),
                (
                    "{left} requests ended because the fee was not paid, but the last section says nothing of a fee",
                    "有{left}件因逾期不缴费不再处理,而第六部分没有说明信息处理费",
                ),
                ("the last section was not found", "没有找到第六部分"),
                part="mention",
            ),
            **_said(
                ("the fee is stated in yuan", "信息处理费以元计"),
                ("the fee is stated as {text}; it is to be in yuan", "信息处理费写作{text},应以元计"),
                part="unit",
            ),
            **_said(
                ("the statements on the fee agree", "关于信息处理费的表述一致"),
                (
                    "the text states a fee of {left} yuan and also that there was none",
                    "文中既写信息处理费{left}元,又写没有收取",
                ),
                part="denial",
            ),
        },
    ),
    CheckRule(
        "D5",
        Severity.WARNING,
        Reach.REPORT,
        Message("Procurement amount is plausible", "采购金额合理"),
        Message(
            "There is an amount where there are projects, it has a unit, and a project costs 100 yuan to 10 billion yuan "
            "(1,000 yuan at least where ten projects or more are counted); less most often means that 元 was printed for 万元.",
            "有采购项目即有金额,金额带单位,每个项目在100元至100亿元之间(十个以上项目的,平均不低于1000元);过低多为万元误写为元。",
        ),
        "derived",
        {
            **_said(
                ("projects and amount go together", "采购项目数量与金额相符"),
                ("{items} projects, but an amount of {amount}", "采购项目{items}个,而金额为{amount}"),
                ("projects or amount have no figure", "采购项目数量或金额没有数字"),
                part="presence",
            ),
            **_said(
                ("the amount has a unit", "采购总金额有单位"),
                ("the amount {left} has no unit, neither in the cell nor in the header", "采购总金额{left}没有单位"),
                part="unit",
            ),
            **_said(
                ("a project costs {left} yuan on average", "平均每个项目{left}元"),
                (
                    "{items} projects cost {left} yuan each on average, which is implausible",
                    "{items}个项目平均每个{left}元,不合常理",
                ),
                ("the cost of a project cannot be told", "无法计算每个项目的金额"),
                part="perProject",
            ),
        },
    ),
    CheckRule(
        "D6",
        Severity.WARNING,
        Reach.REPORT,
        Message("Change and decisions are not confused", "增减与处理决定不混淆"),
        Message(
            "The change of items is neither the number of decisions nor more than a hundred times the items there were.",
            "本年增/减不等于处理决定数量,也不超过上一年项目数量的一百倍。",
        ),
        "derived",
        {
            **_said(
                ("{what}: the change of {left} is plausible", "{what}:本年增/减{left}合理"),
                (
                    "{what}: the change of items and the decisions are both {left}; one column was most likely read as the other",
                    "{what}:本年增/减与处理决定数量同为{left},可能填错列",
                ),
                ("{what}: the change cannot be assessed", "{what}:本年增/减无法核对"),
            ),
            **_said(
                ("", ""),
                (
                    "{what}: a change of {left} items is more than a hundred times the {items} there were",
                    "{what}:本年增/减{left},超过上一年项目数量{items}的一百倍",
                ),
                ("", ""),
                part="size",
            ),
        },
    ),
    CheckRule(
        "D7",
        Severity.INFO,
        Reach.REPORT,
        Message("Sections say something", "内容充实"),
        Message(
            "The section on problems says something, and the overview speaks of the five subjects that the edition of 2021 names.",
            "第五部分有实质内容;2021年格式的总体情况写到五个方面。",
        ),
        "国办公开办函〔2021〕30号",
        {
            **_said(
                ("the section on problems holds {left} characters", "第五部分有{left}字"),
                ("the section on problems is empty or says only “{text}”", "第五部分为空或只有“{text}”"),
                ("the section on problems was not found", "没有找到第五部分"),
                part="problems",
            ),
            **_said(
                ("the overview speaks of all {right} subjects", "总体情况写到全部{right}个方面"),
                (
                    "the overview speaks of {left} of {right} subjects, missing: {missing}",
                    "总体情况写到{right}个方面中的{left}个,缺少:{missing}",
                ),
                ("the overview was not found", "没有找到总体情况"),
                part="overview",
            ),
        },
    ),
    CheckRule(
        "D8",
        Severity.INFO,
        Reach.REPORT,
        Message("As many parts as announced", "部分数与导语一致"),
        Message("The report has as many parts as its preamble says.", "报告的部分数与导语所述一致。"),
        "derived",
        _said(
            ("the preamble announces {right} parts, {left} are there", "导语称{right}个部分,实有{left}个"),
            ("the preamble announces {right} parts, only {left} are there", "导语称{right}个部分,实有仅{left}个"),
            ("the preamble announces {right} parts, none was recognised", "导语称{right}个部分,没有识别出任何部分"),
        ),
    ),
    CheckRule(
        "D9",
        Severity.INFO,
        Reach.REPORT,
        Message("Cited documents fit the year", "引用文件与年度相符"),
        Message(
            "The edition of a cited order is the one in force for the year and the one the tables follow; no cited document is younger than the report.",
            "引用的格式文件应为当年适用且与表格一致;引用文件不晚于报告。",
        ),
        "国办公开办函〔2019〕60号; 国办公开办函〔2021〕30号",
        {
            **_said(
                ("the edition cited, {cited}, is that of the report", "引用的格式{cited}与报告相符"),
                (
                    "the edition cited is {cited}, but {expected} was in force and the tables follow {found}",
                    "引用的格式为{cited},而当年适用{expected},表格为{found}",
                ),
                ("which edition applies cannot be told", "无法判断适用格式"),
                part="edition",
            ),
            **_said(
                ("no cited document is younger than the report", "引用文件均不晚于报告"),
                ("{number} is younger than the report", "引用的{number}晚于报告"),
                part="year",
            ),
        },
    ),
    CheckRule(
        "D10",
        Severity.WARNING,
        Reach.REPORT,
        Message("Years agree", "年度一致"),
        Message(
            "The year of the title is the year of the period, and the report was published in the year after.",
            "标题年度与统计期限的年度一致,公布在次年。",
        ),
        "derived",
        {
            **_said(
                ("title and period are both of {left}", "标题与统计期限均为{left}年"),
                ("the title is of {left}, the period of {right}", "标题为{left}年,统计期限为{right}年"),
                ("the year of the title or of the period is not stated", "标题或统计期限没有写明年度"),
                part="period",
            ),
            **_said(
                ("published in the year after {left}", "在{left}年的次年公布"),
                ("the report on {left} was published in {published}", "{left}年度报告在{published}年公布"),
                ("the year of the report or of its publication is not known", "报告年度或公布年度不明"),
                part="published",
            ),
        },
    ),
    CheckRule(
        "D11",
        Severity.INFO,
        Reach.REPORT,
        Message("No blank cells", "没有空格"),
        Message(
            "Cells of the requests table and of the review table hold a number, zero included; auditors count blanks and strokes as faults.",
            "表三、表四每格填数字,没有的填0;空白和“/”会被检查视为差错。",
        ),
        "practice of local auditors",
        _said(
            ("{what}: no cell is blank", "{what}:没有空格"),
            ("{what}: {left} cells are blank or hold a stroke", "{what}:{left}格空白或填“/”"),
            _CELLS_UNREAD,
        ),
    ),
    CheckRule(
        "D12",
        Severity.ERROR,
        Reach.REPORT,
        Message("No outcome without a request", "无申请则无结果"),
        Message(
            "Where nothing was received and nothing carried over, nothing had an outcome.",
            "新收与上年结转均为零的,各项办理结果也为零。",
        ),
        "derived from R1",
        _said(
            ("{what}: no request and no outcome", "{what}:没有申请,也没有办理结果"),
            ("{what}: {left} outcomes without any request", "{what}:没有申请而有{left}件办理结果"),
            ("{what}: no request; some outcomes have no figure", "{what}:没有申请,部分办理结果没有数字"),
        ),
    ),
    CheckRule(
        "D14",
        Severity.WARNING,
        Reach.REPORT,
        Message("Documents of this year fit into all documents", "本年件数不超过总数"),
        Message(
            "What was issued this year is in force or was repealed; what was published this year is part of what is published in all. "
            "That repeals do not exceed what there was follows from Y2.",
            "本年制发的或现行有效、或已废止;本年新公开的包含在对外公开总数量中。废止数不超过原有数由Y2核对。",
        ),
        "derived from the labels of the columns",
        _said(
            ("{what}: {left} of this year fit into {right}", "{what}:本年{left}件,不超过{right}件"),
            ("{what}: {left} of this year exceed the {right} that can hold them", "{what}:本年{left}件,超过{right}件"),
            ("{what}: a figure is missing", "{what}:缺少数字"),
        ),
    ),
    CheckRule(
        "D15",
        Severity.WARNING,
        Reach.REPORT,
        Message("A part of the narrative fits into its whole", "文中其中数不超过总数"),
        Message(
            "Where the text says that a figure is part of another one in the same unit (其中), it is at most that one. "
            "Parts are not added up: a text may break one whole down in several ways.",
            "文中以其中列出的数字,单位相同时,不超过其总数。各部分不相加,因为同一总数可以有几种分法。",
        ),
        "derived from the words 其中",
        _said(
            ("{what}: {left} fit into {right}", "{what}:{left}不超过{right}"),
            ("{what}: {left} exceed the whole of {right}", "{what}:{left}超过总数{right}"),
            ("{what}: a figure is missing", "{what}:缺少数字"),
        ),
    ),
    CheckRule(
        "H1",
        Severity.WARNING,
        Reach.MEMBERS,
        Message("An aggregate holds its members", "汇总不小于成员之和"),
        Message(
            "A figure of a region's aggregate is no smaller than the sum over the reports of its own agencies and towns that are loaded. "
            "Compared are the totals of requests and of review.",
            "地区汇总报告的数字不小于已载入的本级机关和乡镇报告之和,比较申请和复议诉讼的总计。",
        ),
        "filling notes of Chongqing to the form of 2019",
        _said(
            (
                "{what}: {left} in all, {right} in {members} reports of the region",
                "{what}:汇总{left},本地区{members}份报告合计{right}",
            ),
            (
                "{what}: {left} in all, but {right} in {members} reports of the region",
                "{what}:汇总{left},而本地区{members}份报告合计{right}",
            ),
            ("{what}: the aggregate or its members have no figure", "{what}:汇总或成员没有数字"),
        ),
    ),
    CheckRule(
        "H2",
        Severity.INFO,
        Reach.MEMBERS,
        Message("Never add an aggregate to its members", "汇总与成员不相加"),
        Message(
            "The aggregate already holds the figures of its members. A guard: it never fails, it says how many reports must not be added to this one.",
            "汇总报告已包含成员的数字。此项只作说明,不判失败,给出不得与本报告相加的报告数。",
        ),
        "meaning of the scopes",
        _said(
            ("", ""),
            ("", ""),
            (
                "{members} loaded reports of the region are contained in this one; never add them to it",
                "本报告已包含本地区已载入的{members}份报告,不得相加",
            ),
        ),
    ),
)

AND = Message(" and ", "和")
COMMA = Message(", ", "、")
"""What stands between the last two names of a list, and between those before."""


def catalogue() -> Mapping[str, CheckRule]:
    """Every check by its code."""
    return {rule.code: rule for rule in CATALOGUE}
