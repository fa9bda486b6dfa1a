"""What several editions count, whichever cells each prints it in: group totals that no form prints, and one name for
what the editions call differently (sources: domain literature on the change of the forms in 2019 and 2021).

Only what means the same is one concept. What does not is none: documents disclosed (E2) are not those in force (E3),
the totals of review before 2019 leave out what is pending, copying costs are no processing fees.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from loaders.document import CONCEPT
from loaders.forms.model import Form, Label, cells_of
from loaders.forms.requests import DENIED, NOT_PROCESSED, OTHER, UNAVAILABLE
from loaders.forms.roles import Stated


@dataclass(frozen=True, slots=True)
class Sum:
    """One way to count a concept: cells that are added up, `less` cells that are taken off."""

    cells: tuple[str, ...]
    less: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every cell that a report must tell."""
        return self.cells + self.less

    @property
    def is_printed(self) -> bool:
        """Whether one cell says it."""
        return len(self.paths) == 1


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is counted; of its `sums` an edition counts by the first whose cells it prints.

    `statement` is what the narrative states of it, `caveat` what is not quite the same in all editions.
    """

    id: str
    label: Label
    sums: tuple[Sum, ...]
    statement: str = ""
    caveat: str = ""

    @property
    def path(self) -> str:
        """Where a report keeps it, as the path of a figure."""
        return f"{CONCEPT}.{self.id}"

    def among(self, printed: AbstractSet[str]) -> Sum | None:
        """How it is counted where these cells are printed."""
        return next((way for way in self.sums if set(way.paths) <= printed), None)


def printed_in(edition_id: str, forms: Iterable[Form]) -> frozenset[str]:
    """The cells that the forms print in an edition."""
    editions = ((form, form.edition(edition_id)) for form in forms)
    cells = (cell for form, edition in editions if edition for cell in form.cells_of(edition))
    return frozenset(cell.path for cell in cells if cell.row.printed)


@lru_cache(maxsize=32)
def ways_in(edition_id: str, forms: tuple[Form, ...]) -> tuple[tuple[Concept, Sum | None], ...]:
    """Every concept with how an edition counts it, None where it does not."""
    printed = printed_in(edition_id, forms)
    return tuple((concept, concept.among(printed)) for concept in CONCEPTS)


def sums_by_edition(concept: Concept, forms: Iterable[Form]) -> dict[str, Sum]:
    """How each edition of these forms counts a concept, without those that do not."""
    forms = tuple(forms)
    ids = dict.fromkeys(edition.id for form in forms for edition in form.editions)
    found = {id_: concept.among(printed_in(id_, forms)) for id_ in ids}
    return {id_: way for id_, way in sorted(found.items()) if way is not None}


def concepts_for(forms: Iterable[Form]) -> tuple[Concept, ...]:
    """The concepts that an edition of these forms counts."""
    forms = tuple(forms)
    return tuple(concept for concept in CONCEPTS if sums_by_edition(concept, forms))


@lru_cache(maxsize=8)
def impliable(forms: tuple[Form, ...]) -> frozenset[str]:
    """The figures that a report may tell without printing them: those of sums, those stated in words, concepts."""
    equations = (one for form in forms for edition in form.editions for one in edition.equations(form.id) if one.solved)
    stated = (role for form in forms for role in form.placed_roles if isinstance(role, Stated))
    return frozenset(
        path
        for paths in (
            *(equation.paths for equation in equations),
            *(role.cells for role in stated if len(role.cells) == 1),
            [concept.path for concept in concepts_for(forms)],
        )
        for path in paths
    )


def stocks(forms: Iterable[Form]) -> frozenset[str]:
    """The figures that are states at one moment, concepts of such figures among them: years of them do not add up."""
    forms = tuple(forms)
    cells = frozenset(cell.path for cell in cells_of(forms) if cell.stock)
    return cells | {
        concept.path for concept in concepts_for(forms) if any(cells & set(way.paths) for way in concept.sums)
    }


def _row(*rows: str) -> Sum:
    """The rows of the requests table, of all applicants."""
    return Sum(tuple(f"requests.{row}.total" for row in rows))


def _annex(*rows: str, less: tuple[str, ...] = ()) -> Sum:
    """Indicators of the annex."""
    added, taken = (tuple(f"annexStatistics.{row}" for row in side) for side in (rows, less))
    return Sum(added, taken)


def _review(result: str, *ways: str) -> Sum:
    return Sum(tuple(f"reviewAndLitigation.{way}.{result}" for way in ways))


_LITIGATION = ("directLitigation", "litigationAfterReconsideration")
_BLOCK = "Reports on 2014 to 2018 have one block for all litigation, later ones add up two."
_CONCLUDED = "Reports on 2014 to 2018 have no row for cases not yet concluded, which may so be among any."

CONCEPTS: tuple[Concept, ...] = (
    Concept("received", Label("收到申请", "requests received"), (_row("received"), _annex("requests.received.total")), "received"),
    Concept("carriedOver", Label("上年结转申请", "requests carried over from last year"), (_row("carriedOver"),), "carriedOver"),
    Concept("pending", Label("结转下年度申请", "requests carried over to next year"), (_row("pending"),), "pending"),
    Concept("granted", Label("予以公开", "granted in full"), (_row("outcomes.granted"), _annex("requests.replies.alreadyPublic", "requests.replies.granted")), "granted",
            "Reports on 2014 to 2018 count what was already public apart: it is added."),
    Concept("partiallyGranted", Label("部分公开", "granted in part"), (_row("outcomes.partiallyGranted"), _annex("requests.replies.partiallyGranted")), "partiallyGranted"),
    Concept("denied", Label("不予公开", "denied, on all grounds"), (_row(*DENIED), _annex("requests.replies.denied.total", less=("requests.replies.denied.notGovernmentInformation",))), "denied",
            "What is no government information was denied in reports on 2014 to 2018 and is not since: it is taken off."),
    Concept("unavailable", Label("无法提供", "could not be provided, for all reasons"), (_row(*UNAVAILABLE),), "unavailable"),
    Concept("notHeld", Label("本机关不掌握", "not held by the agency"), (_row("outcomes.unavailable.notHeld"), _annex("requests.replies.notResponsible", "requests.replies.notExisting")), "notHeld"),
    Concept("unclear", Label("申请内容不明确", "requests that stayed unclear"), (_row("outcomes.unavailable.stillUnclear", "outcomes.other.correctionOverdue"), _row("outcomes.unavailable.stillUnclear")),
            caveat="Reports since 2021 count those that were not corrected in time apart: they are added. Those on 2014 to 2018 ask for all that were to be corrected, which is more."),
    Concept("notProcessed", Label("不予处理", "not processed, for all reasons"), (_row(*NOT_PROCESSED),), "notProcessed"),
    Concept("petition", Label("信访举报投诉类", "petitions and complaints, or referred to another channel"), (_row("outcomes.notProcessed.petitionOrComplaint"), _annex("requests.replies.otherChannel")),
            caveat="Reports on 2014 to 2018 count all that was referred to another channel, and some petitions among what is no government information."),
    Concept("otherHandling", Label("其他处理", "other handling, for all reasons"), (_row("outcomes.other"), _row(*OTHER)), "other"),
    *(
        Concept(f"reconsideration{name}", Label(f"行政复议{zh}", f"reconsideration, {en}"), (_review(result, "reconsideration"), _annex(f"reconsideration.{result}")), caveat=_CONCLUDED)
        for name, result, zh, en in (("Upheld", "upheld", "维持", "decision upheld"), ("Corrected", "corrected", "纠正", "decision corrected"), ("Other", "other", "其他结果", "other result"))
    ),
    *(
        Concept(f"litigation{name}", Label(f"行政诉讼{zh}", f"litigation, {en}"), (_review(result, *_LITIGATION), _annex(f"litigation.{result}")), caveat=f"{_BLOCK} {_CONCLUDED}")
        for name, result, zh, en in (("Upheld", "upheld", "维持", "decision upheld"), ("Corrected", "corrected", "纠正", "decision corrected"), ("Other", "other", "其他结果", "other result"))
    ),
    Concept("reconsideration", Label("行政复议案件", "cases of reconsideration"), (_review("total", "reconsideration"),), "reconsideration"),
    Concept("litigation", Label("行政诉讼案件", "cases of litigation"), (_review("total", *_LITIGATION),), "litigation"),
)  # fmt: skip
