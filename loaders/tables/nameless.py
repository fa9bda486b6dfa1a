"""Blocks by what stands above them: under a column of another edition, or under a word that no form declares.

Which edition a table follows its other blocks tell. A column that another edition names is that one's; one that nobody
names is taken for the only column of its block, where it has no more.
"""

from collections.abc import Sequence

from loaders.tables.align import Aligned
from loaders.tables.cells import TokenKind
from loaders.tables.hits import Hit
from loaders.tables.plan import Plan
from loaders.text.folding import bare


def readable_blocks(
    masked: str, plan: Plan, hits: Sequence[Hit], headed: set[int], rows: Sequence[Aligned]
) -> set[int]:
    """The blocks whose columns the text tells, or need not tell because all editions print them alike."""
    return {
        block
        for block in {plan.records[item.record].block for item in rows}
        if not plan.headed[block]
        or (
            (block in headed or (headed and _is_one_column(plan, block, rows)))
            and not _named_otherwise(masked, plan, hits, block)
        )
    }


def _is_one_column(plan: Plan, block: int, rows: Sequence[Aligned]) -> bool:
    # (test: test_an_unknown_word_over_the_only_column_names_it)
    cells = [item.run.cells for item in rows if plan.records[item.record].block == block]
    return len(plan.edition.blocks[block].columns) == 1 and all(
        first.kind is not TokenKind.BLANK and all(cell.kind is TokenKind.BLANK for cell in others)
        for first, *others in cells
    )


def _named_otherwise(masked: str, plan: Plan, hits: Sequence[Hit], block: int) -> bool:
    """Whether the text between the block above and the first row of this one names columns of another edition only."""
    # The same column's name over the next block says nothing of this one
    # (test: test_no_other_column_is_taken_for_it)
    places = [(hit, {index for index, _ in hit.rows}) for hit in hits if hit.rows]
    first = next((hit.start for hit, blocks in places if block in blocks), 0)
    since = max((hit.end for hit, blocks in places if block not in blocks and hit.end <= first), default=hits[0].start)
    header = bare(masked[since:first])
    own, known = plan.column_keys[block]
    return any(key in header for key in known - own) and not any(key in header for key in own)
