"""Numbers of spreadsheets as they are printed: a stored value and its format code to the text that a reader sees.

Signs, decimals, thousands, percentages, dates, words in quotes and the parts for negative numbers and zero are
rendered; a code with anything else (fractions, conditions, Chinese numerals) gives the number plainly.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

GENERAL = "General"
_EXACT = Context(prec=15, rounding=ROUND_HALF_UP)  # what a spreadsheet keeps of a number
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|\Z)')
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"|\\.|!.)          # shown as it is
    |(?P<space>_.|\*.|\[[A-Za-z]{3,7}\])    # a gap, a filling, a colour
    |(?P<currency>\[\$[^\]]*\])
    |(?P<digits>[\#?0][\#?0,]*(?:\.[\#?0]*)?|\.[\#?0]+)
    |(?P<percent>%)
    |(?P<date>y+|m+|d+|h+|s+|\[h+\]|AM/PM)
    |(?P<plain>[-+():\s$]|[^\x00-\x7f])     # shown as it is, too
    |(?P<unknown>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_GENERAL = re.compile(r"(?:general|@)?", re.IGNORECASE)
# Excel counts a 29 February 1900 that never was; only from the day after it on do days agree.
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001  a printed day has no zone
_DAYS = range(61, 2_958_466)

Token = tuple[str, str]


def printed(value: float, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """The number as its cell shows it.

    >>> printed(1417.05), printed(5.0), printed(0.125, "0.0%"), printed(1234.5, "#,##0.00"), printed(0.0, '0;-0;"-"')
    ('1417.05', '5', '12.5%', '1,234.50', '-')
    """
    number = Decimal(repr(float(value)))
    if not number.is_finite():
        return str(value)
    number = _EXACT.plus(number)
    section, shown = _section(code, number)
    tokens = [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(section)]
    kinds = [kind for kind, _ in tokens]
    if "unknown" in kinds or _GENERAL.fullmatch(section.strip()) or kinds.count("digits") > 1:
        return _plainly(number)
    if "date" in kinds:
        return _date(float(number), tokens, since_1904=since_1904) or _plainly(number)
    return "".join(_number_part(token, shown, percent=kinds.count("percent")) for token in tokens).strip()


def _section(code: str, number: Decimal) -> tuple[str, Decimal]:
    """The part of the code for a number of that sign; the minus of a part for negative numbers stands in the part."""
    sections = [match[1] for match in _SECTION.finditer(code)][:-1] or [code]
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:  # noqa: PLR2004  the third is for zero
        return sections[2], number
    return sections[0], number


def _plainly(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number_part(token: Token, number: Decimal, *, percent: int) -> str:
    kind, text = token
    if kind == "digits":
        return _digits(number * 100**percent, text)
    return _literal(token)


def _literal(token: Token) -> str:
    kind, text = token
    if kind == "quoted":
        return text[1:-1] if text.startswith('"') else text[1:]
    if kind == "currency":
        return text[2:-1].partition("-")[0]
    return "" if kind == "space" else text


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    scaled = number / 1000 ** (len(whole) - len(whole.rstrip(",")))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole.rstrip(",") else "f")
    optional = len(decimals) - len(decimals.rstrip("#"))
    for _ in range(optional):
        text = text.removesuffix("0")
    return text.zfill(whole.count("0")) if "," not in whole else text


def _date(serial: float, tokens: list[Token], *, since_1904: bool) -> str:
    if int(serial) not in _DAYS and not (0 <= serial < 1):
        return ""
    moment = _FIRST_DAY[since_1904] + timedelta(seconds=round(serial * 86_400))
    texts: list[str] = []
    hours = False
    for token in tokens:
        kind, text = token
        if kind != "date":
            texts.append(_literal(token))
            continue
        texts.append(_date_part(moment, text.lower(), after_hours=hours))
        hours = text.lower().strip("[]").startswith("h") or (hours and not text.lower().startswith("s"))
    return "".join(texts).strip()


def _date_part(moment: datetime, part: str, *, after_hours: bool) -> str:
    numbers = {"y": moment.year, "m": moment.minute if after_hours else moment.month, "d": moment.day}
    numbers |= {"h": moment.hour, "s": moment.second}
    name = part.strip("[]")[:1]
    if name not in numbers:
        return ""
    if name == "y":
        return f"{moment.year:04}" if len(part) > 2 else f"{moment.year % 100:02}"  # noqa: PLR2004  yy has two digits
    return f"{numbers[name]:0{min(len(part.strip('[]')), 2)}}"
