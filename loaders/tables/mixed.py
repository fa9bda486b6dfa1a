"""Tables that mix two editions of a form: the blocks of one under the headers of another.

They are read with an edition of the same id as the one that fits best, whose blocks are those that the text heads.
"""

from collections.abc import Callable, Sequence

from loaders.forms import Block, Edition, Form, Rule, cell_path
from loaders.tables.hits import Hit
from loaders.tables.plan import Plan, plan_for


def mixed_edition(form: Form, edition: Edition, find: Callable[[Plan], Sequence[Hit]]) -> Edition | None:
    """The edition with the blocks whose headers are printed, where they name all that its own do and more."""
    others = [other for other in form.editions if other is not edition and _differs(other, edition)]
    if not others:
        return None
    # The table of 2021 with one block left over from 2019
    # (test: test_a_block_under_the_header_of_another_edition_is_read_by_that_header)
    blocks = list(edition.blocks)
    named = _headers(edition, find(plan_for(form, edition)))
    for other in others:
        for block, header in zip(other.blocks, _headers(other, find(plan_for(form, other))), strict=True):
            places = [place for place, known in enumerate(blocks) if _rows(known) & _rows(block)]
            # Only a header that names more than the edition's own does; else editions that share columns would mix in
            # every table (sample: county-government-2019, county-government-2020; golden: 000, 001, changtu-2021)
            if len(places) == 1 and len(header) == len(block.columns) and header > named[places[0]]:
                blocks[places[0]], named[places[0]] = block, header
    if blocks == list(edition.blocks):
        return None
    rules = tuple(rule for rule in edition.rules if _covers(form, blocks, rule))
    return edition.revise(blocks=tuple(blocks), rules=rules)


def _covers(form: Form, blocks: Sequence[Block], rule: Rule) -> bool:
    paths = {cell_path(form.id, row, column) for block in blocks for row in block.rows for column in block.columns}
    return all(paths.issuperset(equation.paths) for equation in rule.equations(form.id))


def _headers(edition: Edition, hits: Sequence[Hit]) -> list[set[str]]:
    """For each block the labels of its columns that stand right before its first row."""
    found = []
    for index in range(len(edition.blocks)):
        first = next((place for place, hit in enumerate(hits) if any(row[0] == index for row in hit.rows)), 0)
        since = max((place for place in range(first) if hits[place].rows), default=-1) + 1
        header = [hit.spelling for hit in hits[since:first]]
        found.append({item.key for item in header if any(block == index for _, block, _ in item.columns)})
    return found


def _differs(first: Edition, second: Edition) -> bool:
    return [block.columns for block in first.blocks] != [block.columns for block in second.blocks]


def _rows(block: Block) -> set[str]:
    return {row.id for row in block.rows}
