"""The section tree of a report: headings, what stands under each, and what each main section is about.

A report without a heading has one section, its preamble.

Roles belong to sections without a parent, so that asking for a role yields a whole section; sub-sections have none.
A main heading that the text has lost is recovered from the official table or the paragraph that stands under it; it is
`inferred`, has the canonical title, and starts and ends where its content starts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from loaders.document import ReportKind, Section, SectionRole, Span, TableSpan
from loaders.forms import FORMS, Form, narrative
from loaders.structure.headings import layout_of, marks_of
from loaders.structure.outline import ITEM, Heading, outline_of
from loaders.structure.titles import kind_by_title, title_of
from loaders.structure.unnumbered import Annex, annex_of, closing_start, content_start, lost_headings
from loaders.text.folding import bare, without_remarks
from loaders.text.simplified import simplified
from loaders.text.squeezed import one_line

_ROLE_CUES = tuple((role, re.compile(pattern)) for role, pattern, _ in narrative.ROLE_CUES)
_MAIN = 1
_MARKUP = " \t\n#*>|-"
_TOP = 0  # the rank of parts without a number: nothing contains them


@dataclass(slots=True)
class _Node:
    """A section before it is placed in the tree."""

    level: int | None
    ordinal: str | None
    title: str
    start: int
    heading_end: int
    role: SectionRole | None = None
    inferred: bool = False
    begins_line: bool = False

    @property
    def rank(self) -> int:
        return self.level or _TOP


def sections_of(
    raw: str, folded: str, *, tables: Sequence[TableSpan], body: Span, forms: Sequence[Form] = FORMS
) -> tuple[Section, ...]:
    """All sections of a report in printed order, the tree told by `parent`."""
    text = simplified(folded)
    title = title_of(folded, body)
    start = content_start(text, title.span.end if title and title.span else body.start, body.end)
    annex = annex_of(text, body, tables, forms)
    layout = layout_of(text, body, [*tables, *([annex.grid] if annex else [])])
    outline = outline_of(layout, marks_of(layout), forms)
    default = SectionRole.OTHER
    # Such a report names its tasks in its own words, and no cue tells their role (golden: 003)
    if title and kind_by_title(title.text) is ReportKind.WORK_POINTS_STATUS:
        default = SectionRole.WORK_POINTS
    nodes = [_node(raw, text, heading, default) for heading in outline]
    stated = {node.start: node.role for node in nodes if node.level == _MAIN and node.role}
    nodes += [_inferred(at, heading) for at, heading in lost_headings(layout, stated, tables, start)]
    nodes.sort(key=lambda node: (node.start, node.rank))
    nodes = _unnumbered(text, nodes, annex, body, start) if nodes else [_plain(SectionRole.PREAMBLE, start)]
    return _tree(nodes, body)


def role_of(title: str) -> SectionRole | None:
    """What a main heading is about, by its words; None where none of them tells.

    >>> role_of("存在的主要问题及改进情况")
    <SectionRole.PROBLEMS_AND_IMPROVEMENTS: 'PROBLEMS_AND_IMPROVEMENTS'>
    """
    words = bare(title)
    return next((role for role, cue in _ROLE_CUES if cue.search(words)), None)


def _node(raw: str, text: str, heading: Heading, default: SectionRole) -> _Node:
    role = None
    if heading.level == _MAIN:
        role = role_of(text[heading.title_start : heading.end]) or default
    return _Node(
        level=heading.level,
        ordinal=heading.ordinal,
        title=one_line(without_remarks(raw[heading.title_start : heading.end])),
        start=heading.start,
        heading_end=max(heading.end, heading.start),
        role=role,
        begins_line=heading.begins_line,
    )


def _inferred(at: int, heading: narrative.Heading) -> _Node:
    return _Node(_MAIN, heading.ordinal, heading.zh, at, at, heading.role, inferred=True)


def _plain(role: SectionRole, at: int) -> _Node:
    return _Node(None, None, "", at, at, role)


def _annex(text: str, annex: Annex) -> _Node:
    title = one_line(text[annex.start : annex.title_end])
    return _Node(None, None, title, annex.start, annex.title_end, SectionRole.ANNEX)


def _unnumbered(text: str, nodes: list[_Node], annex: Annex | None, body: Span, start: int) -> list[_Node]:
    """The nodes with preamble, sign-off and annex around them."""
    around = []
    if text[start : nodes[0].start].strip(_MARKUP):
        around.append(_plain(SectionRole.PREAMBLE, start))
    end = body.end
    last = nodes[-1]
    # A numbered heading 附表 is the annex already (sample: county-government-2010, district-government-2016)
    if annex and annex.start > last.heading_end and last.role is not SectionRole.ANNEX:
        end = annex.start
        around.append(_annex(text, annex))
    closing = closing_start(text, last.heading_end, end)
    if closing is not None:
        around.append(_plain(SectionRole.CLOSING, closing))
    return sorted([*nodes, *around], key=lambda node: (node.start, node.rank))


def _tree(nodes: list[_Node], body: Span) -> tuple[Section, ...]:
    """Sections with parents, ends and ids; a section ends where the next one begins that is not inside it."""
    ids: list[str] = []
    parents: list[str | None] = []
    ends = [body.end] * len(nodes)
    open_: list[int] = []
    children: dict[str | None, int] = {}
    for index, node in enumerate(nodes):
        depth = _depth(nodes, open_, node)
        for closed in open_[depth:]:
            ends[closed] = node.start
        del open_[depth:]
        parents.append(ids[open_[-1]] if open_ else None)
        ids.append(_id(parents[-1], node, children))
        open_.append(index)
    return tuple(starmap(_section, zip(nodes, ids, parents, ends, strict=True)))


def _section(node: _Node, own_id: str, parent: str | None, end: int) -> Section:
    role = node.role if parent or node.role else role_of(node.title)
    return Section(
        id=own_id,
        parent=parent,
        level=node.level,
        ordinal=node.ordinal,
        title=node.title,
        role=role if parent is None else None,
        start=node.start,
        heading_end=node.heading_end,
        end=end,
        inferred=node.inferred,
    )


def _depth(nodes: list[_Node], open_: list[int], node: _Node) -> int:
    """How many of the open sections contain the node."""
    depth = 0
    while depth < len(open_) and nodes[open_[depth]].rank < node.rank and nodes[open_[depth]].rank != _TOP:
        depth += 1
    restarts = node.level == ITEM and node.begins_line and depth < len(open_) and depth > 1
    # A list that begins anew on a line of its own goes with the section around the finished one.
    if restarts and node.ordinal and node.ordinal[0] == narrative.NUMERALS[0]:
        return depth - 1
    return depth


def _id(parent: str | None, node: _Node, children: dict[str | None, int]) -> str:
    if node.level is None and node.role:
        return node.role.value.lower()
    children[parent] = children.get(parent, 0) + 1
    return f"{parent}.{children[parent]}" if parent else f"s{children[parent]}"
