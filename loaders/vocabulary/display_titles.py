"""What a report that prints no title is called: its agency, its year, and what reports of its kind are called."""

from collections.abc import Mapping

from loaders.document import ReportKind

YEAR = "{year}年"
KINDS: Mapping[ReportKind, str] = {
    ReportKind.ANNUAL_REPORT: "政府信息公开工作年度报告",
    ReportKind.WORK_POINTS_STATUS: "政务公开工作要点落实情况",
    ReportKind.SUMMARY: "政府信息公开工作总结",
    ReportKind.PERIODIC: "政府信息公开工作阶段报告",
    ReportKind.REQUESTS_REPORT: "依申请公开工作情况",
    ReportKind.NOTICE: "政府信息公开工作通知",
    ReportKind.OTHER: "政府信息公开材料",
}
