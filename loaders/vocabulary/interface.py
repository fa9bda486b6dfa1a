"""What the API says of itself, in Chinese and in English; it stands above the schema and first in its documentation."""

# Markdown, one line a paragraph: GraphiQL breaks lines where the text does.
DESCRIPTION = (
    "中国政府信息公开工作年度报告及相近报告：官方表格的每一格、正文的每一句与句中的每个数字。"
    "单位见字段说明与 `unit`（正文数字已换算，如万元作元）；空白、缺失或无法确定者为 null，绝不作 0。"
    "依据：`cells` 给出每格所印原文、位置与状态，`statistics` 与 `passages` 给出原句，`checks` 给出勾稽结果；"
    "`start` 与 `end` 是 `rawText` 中的字符位置。"
    "\n\n"
    "Annual reports on open government information in China and the reports beside them: every cell of the official "
    "forms, every sentence, and every figure in the sentences. Units stand in the descriptions of fields and in `unit` "
    "(figures of the text are converted: 万元 to 元); what is blank, missing or uncertain is null, never 0. Evidence: "
    "`cells` has the printed text, place and status of each cell, `statistics` and `passages` the sentences, `checks` "
    "which sums hold; `start` and `end` count the characters of `rawText`."
)
