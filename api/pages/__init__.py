"""What people see: GraphiQL's page, its ready queries, the documentation, and what installs the third-party files."""

from pathlib import Path

PAGES = Path(__file__).parent
"""The folder of all that is served to browsers."""

QUESTIONS_HEAD = """\
# Questions people ask 常见问题

每个问题一段查询；比率都带分子、分母，案件少的有标记。
"""
OPEN_IN_GRAPHIQL = "在 GraphiQL 中打开 · open in GraphiQL"
