from loaders.file_formats.canonical import Cell, canonical, table_lines
from loaders.file_formats.page import Glyph, Page, sides_of
from loaders.file_formats.pages import blocks_of, recognised_text_of
from loaders.file_formats.recognised import Certainty, SureLine, certainty_of, least, recognised_in

SURE, UNSURE = Certainty(0.99, repeated=True), Certainty(0.6)


def quoted(text: str, found: object) -> list[tuple[str, Certainty]]:
    return [(text[start:end], certainty) for start, end, certainty in found]  # type: ignore[attr-defined]


def test_each_cell_of_a_row_keeps_its_certainty_at_its_place_in_the_whole_text() -> None:
    cells = [Cell(0, 1, ("规章",), SURE), Cell(1, 2, ("",)), Cell(2, 3, ("12",), UNSURE), Cell(3, 4, ("0",), SURE)]
    lines = ["标题", " ", *table_lines([cells]), SureLine.of("一段话", (UNSURE,))]
    text = canonical(lines)
    assert text == "标题\n规章 |  | 12 | 0 |\n一段话\n"
    assert quoted(text, recognised_in(lines)) == [
        ("规章", SURE), ("12", UNSURE), ("0", SURE), ("一段话", UNSURE),
    ]  # fmt: skip


def test_what_is_put_together_is_as_sure_as_its_least_sure_part() -> None:
    assert least((SURE, None, UNSURE)) == UNSURE
    assert least((SURE, Certainty(0.7, repeated=True))) == Certainty(0.7, repeated=True)
    assert least(()) is certainty_of("read from no picture") is None
    assert type(SureLine.of("read from no picture", (None, None))) is str


def test_a_page_keeps_the_certainty_of_its_words() -> None:
    def word(text: str, x: float, y: float, certainty: Certainty | None) -> list[Glyph]:
        return [
            Glyph(char, x + 10 * n, x + 10 * n + 10, y, y + 10, 10, upright=True, certainty=certainty)
            for n, char in enumerate(text)
        ]

    glyphs = [*word("本年", 10, 5, UNSURE), *word("规章", 12, 32, SURE), *word("12", 62, 32, UNSURE)]
    page = Page(tuple(glyphs), (*sides_of(10, 30, 50, 45), *sides_of(50, 30, 99, 45)))
    text, found = recognised_text_of([blocks_of(page)])
    assert text == "本年\n规章 | 12 |\n"
    assert quoted(text, found) == [("本年", UNSURE), ("规章", SURE), ("12", UNSURE)]
