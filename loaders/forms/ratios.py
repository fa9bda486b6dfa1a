"""The ratios that the field uses, as formulas over cells of the official forms (sources: domain literature on reports).

A ratio is the sum of its numerator cells over the sum of its denominator cells. A report counts only where it has all
of them; sums over reports are divided once, at the end, because rates of unequal reports cannot be averaged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.forms import requests
from loaders.forms.model import Form, Label, cells_of

MINIMUM = 30  # a rate over fewer cases says little


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio: its name in capitals, its words, the cells above and below the line, and the fewest cases it rates."""

    name: str
    label: Label
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    minimum: int = MINIMUM

    @property
    def paths(self) -> tuple[str, ...]:
        """Every cell that a report must have to count."""
        return tuple(dict.fromkeys(self.numerator + self.denominator))


def ratios_for(forms: Iterable[Form]) -> tuple[Ratio, ...]:
    """The ratios whose cells these forms declare."""
    known = {cell.path for cell in cells_of(forms)}
    return tuple(ratio for ratio in RATIOS if known.issuperset(ratio.paths))


def editions_of(ratio: Ratio, forms: Iterable[Form]) -> tuple[str, ...]:
    """The editions in which the ratio can be told: those that declare all of its cells."""
    declared = {cell.path: cell.editions for cell in cells_of(forms)}
    common = set.intersection(*(set(declared[path]) for path in ratio.paths))
    return tuple(sorted(common))


def _outcomes(parent: str, rows: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"requests.outcomes.{parent}.{row}.total" for row in rows)


def _review(ways: Sequence[str], results: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"reviewAndLitigation.{way}.{result}" for way in ways for result in results)


_ALL = ("requests.outcomes.total.total",)
_GRANTED = ("requests.outcomes.granted.total",)
_PARTLY = ("requests.outcomes.partiallyGranted.total",)
_DENIED = _outcomes(
    "denied",
    (
        "stateSecret",
        "prohibitedByLaw",
        "publicSecurity",
        "thirdPartyRights",
        "internalAffairs",
        "processInformation",
        "enforcementFile",
        "administrativeInquiry",
    ),
)
_UNAVAILABLE = _outcomes("unavailable", ("notHeld", "requiresCreation", "stillUnclear"))
_NOT_PROCESSED = _outcomes(
    "notProcessed", ("petitionOrComplaint", "repeated", "publicPublication", "excessive", "confirmation")
)
_INCOMING = ("requests.received.total", "requests.carriedOver.total")
_CLOSED = ("upheld", "corrected", "other")
_LITIGATION = ("directLitigation", "litigationAfterReconsideration")
_DOCUMENTS = "proactiveDisclosure.normativeDocuments"
_CELLS = {cell.path: cell for cell in requests.FORM.cells}


def _ground(path: str) -> Ratio:
    """One ground of denial among all denials."""
    label = _CELLS[path].row.label
    words = Label(f"不予公开中{label.zh}占比", f"{label.en}: of all denied")
    return Ratio(f"DENIED_AS_{_constant(path.split('.')[-2])}_SHARE", words, (path,), _DENIED)


def _applicant(column: str) -> Ratio:
    """One kind of applicant among all who applied this year."""
    path = f"requests.received.{column}"
    label = _CELLS[path].column.label
    words = Label(f"新收申请中{label.zh}占比", f"received from {label.en}, of all received")
    return Ratio(f"{_constant(column)}_SHARE", words, (path,), _INCOMING[:1])


def _constant(name: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in name)


RATIOS: tuple[Ratio, ...] = (
    Ratio("DISCLOSURE_RATE", Label("实质公开率", "granted in full or in part, of all outcomes"), _GRANTED + _PARTLY, _ALL),
    Ratio("FULL_DISCLOSURE_RATE", Label("予以公开率", "granted in full, of all outcomes"), _GRANTED, _ALL),
    Ratio("DISCLOSURE_RATE_OF_DECISIONS", Label("实质公开率(不计不予处理和其他处理)", "granted in full or in part, of all granted, denied or not available"), _GRANTED + _PARTLY, _GRANTED + _PARTLY + _DENIED + _UNAVAILABLE),
    Ratio("DENIAL_RATE", Label("不予公开率", "denied, of all outcomes"), _DENIED, _ALL),
    *map(_ground, _DENIED),
    Ratio("UNAVAILABLE_RATE", Label("无法提供率", "could not be provided, of all outcomes"), _UNAVAILABLE, _ALL),
    Ratio("NOT_HELD_RATE", Label("不掌握率", "not held by the agency, of all outcomes"), _UNAVAILABLE[:1], _ALL),
    Ratio("NOT_PROCESSED_RATE", Label("不予处理率", "not processed, of all outcomes"), _NOT_PROCESSED, _ALL),
    Ratio("EXCESSIVE_RATE", Label("大量反复申请占比", "many repeated requests, of all outcomes"), _NOT_PROCESSED[3:4], _ALL),
    Ratio("BACKLOG_RATE", Label("结转率", "carried over to next year, of all requests on hand"), ("requests.pending.total",), _INCOMING),
    *map(_applicant, ("naturalPerson", "commercialEnterprise", "researchInstitution", "socialOrganization", "legalServiceOrganization", "otherOrganization")),
    Ratio("DISPUTE_RATE", Label("争议率", "cases of review and litigation, of all outcomes"), _review(("reconsideration", *_LITIGATION), ("total",)), _ALL),
    Ratio("RECONSIDERATION_CORRECTION_RATE", Label("行政复议纠正率", "corrected on reconsideration, of cases concluded"), _review(("reconsideration",), ("corrected",)), _review(("reconsideration",), _CLOSED)),
    Ratio("RECONSIDERATION_CORRECTION_RATE_OF_ALL", Label("行政复议纠正率(计尚未审结)", "corrected on reconsideration, of all cases, those not yet concluded among them"), _review(("reconsideration",), ("corrected",)), _review(("reconsideration",), ("total",))),
    Ratio("LITIGATION_LOSS_RATE", Label("行政诉讼败诉率", "corrected in litigation, of cases concluded"), _review(_LITIGATION, ("corrected",)), _review(_LITIGATION, _CLOSED)),
    Ratio("DIRECT_LITIGATION_LOSS_RATE", Label("未经复议直接起诉败诉率", "corrected in litigation without reconsideration, of cases concluded"), _review(_LITIGATION[:1], ("corrected",)), _review(_LITIGATION[:1], _CLOSED)),
    Ratio("LITIGATION_AFTER_RECONSIDERATION_LOSS_RATE", Label("复议后起诉败诉率", "corrected in litigation after reconsideration, of cases concluded"), _review(_LITIGATION[1:], ("corrected",)), _review(_LITIGATION[1:], _CLOSED)),
    Ratio("NORMATIVE_DOCUMENTS_ISSUED_RATE", Label("规范性文件制发率", "normative documents issued this year, of those in force"), (f"{_DOCUMENTS}.issuedThisYear",), (f"{_DOCUMENTS}.inForce",)),
    Ratio("NORMATIVE_DOCUMENTS_REPEALED_RATE", Label("规范性文件废止率", "normative documents repealed this year, to those in force"), (f"{_DOCUMENTS}.repealedThisYear",), (f"{_DOCUMENTS}.inForce",)),
    Ratio("LICENSING_TO_ENFORCEMENT", Label("许可与处罚强制之比", "licensing decisions to penalties and coercion"), ("proactiveDisclosure.licensing.decisions",), ("proactiveDisclosure.penalties.decisions", "proactiveDisclosure.coercion.decisions")),
)  # fmt: skip
