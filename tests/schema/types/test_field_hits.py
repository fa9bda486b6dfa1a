"""From a word to the field: entries, and the queries that they bring."""

from graphql import parse, validate

from loaders.forms import FORMS
from schema.plan.search_terms import Search
from schema.queryable.form_trees import trees
from schema.read.schema import build_schema
from schema.types.field_hits import field_entries, found_entries

ENTRIES = field_entries(trees(FORMS))


def test_the_query_of_every_entry_is_one_of_this_schema() -> None:
    schema = build_schema().graphql
    queries = "\n".join(f"query q{place} {entry['query']}" for place, entry in enumerate(ENTRIES))

    assert len(ENTRIES) > sum(len(form.cells) for form in FORMS)
    assert validate(schema, parse(queries)) == []


def test_a_word_in_either_language_leads_to_its_fields_the_plainest_first() -> None:
    found = [entry["path"] for entry in found_entries(ENTRIES, Search.of("不予公開 国家秘密 总计"))]

    assert found == ["requests.outcomes.denied.stateSecret.total"]
    assert found_entries(ENTRIES, Search.of("natural persons received"))[0]["path"] == "requests.received.naturalPerson"
    assert found_entries(ENTRIES, Search.of("文号"))[0]["path"] == "citedDocuments.number"
    assert found_entries(ENTRIES, Search.of("无此字段")) == []
