"""The schema in brief: small enough to be read whole, valid, and telling every figure."""

from graphql import GraphQLEnumType, build_schema, parse, validate

from schema.read.schema import build_schema as built
from tests.documented import QUERIES

BUILT = built()
BRIEF = BUILT.brief_sdl()
MOST_TOKENS = 20_000


def test_it_is_small_enough_to_be_read_whole() -> None:
    """A token is about four letters of ASCII, or one other character."""
    ascii_letters = sum(character.isascii() for character in BRIEF)
    assert ascii_letters / 4 + len(BRIEF) - ascii_letters < MOST_TOKENS


def test_the_table_names_every_figure() -> None:
    figure = BUILT.graphql.type_map["Figure"]
    assert isinstance(figure, GraphQLEnumType)

    assert told() == figure.values.keys()


def told() -> set[str]:
    """The names that the table tells: rows with their columns, and concepts."""
    columns: list[str] = []
    found: set[str] = set()
    for line in (line[2:] for line in BRIEF.splitlines() if line.startswith("# ")):
        if line.startswith("  "):
            row = line.split()[0]
            found |= {f"{row}_{column}" for column in columns} if columns else {row}
        elif line.startswith("CONCEPT_"):
            found |= set(line.split())
        else:
            columns = [part.split()[0] for part in line.split(";") if part.strip()] if ";" in line else []
    return found


def test_what_is_asked_of_the_schema_can_be_asked_by_it() -> None:
    schema = build_schema(BRIEF)
    assert len(QUERIES) > 10
    for query in QUERIES.values():
        assert validate(schema, parse(query)) == []
