"""Settings: read from the environment, refused with the variable's name, dumped so that they can be read back."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.settings import SETTINGS, Settings, dump, from_env, settings_table, without_password
from loaders.errors import SettingsError


def test_an_empty_environment_gives_the_declared_defaults() -> None:
    settings = from_env({})
    assert settings.port == 8000
    assert settings.host == "127.0.0.1"
    assert settings.mongodb_uri == ""
    assert settings.data.name == "gongkai"


def test_constructing_by_name_and_reading_an_empty_environment_agree() -> None:
    assert Settings(data=from_env({}).data) == from_env({})


def test_every_declared_setting_is_a_field_and_every_field_is_declared() -> None:
    assert [one.name for one in SETTINGS] == [field.name for field in fields(Settings)]


def test_an_empty_variable_counts_as_not_set() -> None:
    assert from_env({"GONGKAI_PORT": " ", "MONGODB_URI": ""}) == from_env({})


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        pytest.param("GONGKAI_PORT", "eighty", "whole number", id="words"),
        pytest.param("GONGKAI_PORT", "65536", "from 0 to 65535", id="past the last port"),
        pytest.param("GONGKAI_PORT", "-1", "whole number", id="negative"),
        pytest.param("GONGKAI_PORT", "８０", "whole number", id="full-width digits"),
        pytest.param("GONGKAI_BODY_LIMIT", "10", "from 1000", id="body limit too small"),
        pytest.param("GONGKAI_DEADLINE_MS", "9" * 5000, "whole number", id="five thousand digits"),
        pytest.param("GONGKAI_DEADLINE_MS", "1.5", "whole number", id="fraction"),
        pytest.param("MONGODB_URI", "http://db", "mongodb://", id="wrong scheme"),
        pytest.param("GONGKAI_DATABASE", "a.b", "63 bytes", id="dot in the database name"),
        pytest.param("GONGKAI_DATABASE", "公" * 22, "63 bytes", id="long database name"),
        pytest.param("GONGKAI_ORIGINS", "data.example.org", "https://data.example.org", id="origin without scheme"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example/", "nothing after host and port", id="origin with a slash"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example/map", "nothing after", id="origin with a path"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example, http://", "'http://' is none", id="one of two is none"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example,", "'' is none", id="an origin is missing"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example, *", "* alone", id="any and one"),
        pytest.param("GONGKAI_ORIGINS", "https://*.a.example", "* alone", id="a pattern"),
        pytest.param("GONGKAI_ORIGINS", "null", "is none", id="what all files and frames are called"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example:99999", "is none", id="past the last port of an origin"),
        pytest.param("GONGKAI_ORIGINS", "https://a..example", "is none", id="a host with a gap"),
        pytest.param("GONGKAI_ORIGINS", "https://a.example https://b.example", "is none", id="no comma between"),
    ],
)
def test_a_bad_value_names_variable_value_and_what_is_expected(variable: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_env({variable: value})
    assert variable in str(refused.value)
    assert value[:60] in str(refused.value)
    assert expected in str(refused.value)


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        from_env({"MONGODB_URI": "mongo://reader:secret@db.example/x"})
    assert "secret" not in str(refused.value)
    with pytest.raises(SettingsError) as refused:
        from_env({"GONGKAI_ORIGINS": "https://reader:secret@data.example"})
    assert "secret" not in str(refused.value)
    assert without_password("mongodb://reader:secret@db/x") == "mongodb://reader:***@db/x"
    assert without_password("mongodb://db:27017") == "mongodb://db:27017"


@given(
    st.builds(
        Settings,
        mongodb_uri=st.sampled_from(["", "mongodb://a,b/?replicaSet=r"]),
        data=st.sampled_from([Path("/somewhere"), Path("here")]),
        database=st.text("abc公开", min_size=1, max_size=9),
        port=st.integers(0, 65535),
        body_limit=st.integers(1_000, 100_000_000),
        deadline_ms=st.integers(1, 600_000),
        origins=st.sampled_from([("*",), ("https://a.example",), ("https://a.example", "http://127.0.0.1:3000")]),
    )
)
def test_dumped_settings_read_back_the_same(settings: Settings) -> None:
    assert from_env(dump(settings)) == settings


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        pytest.param("*", ("*",), id="any"),
        pytest.param(" HTTPS://Data.Example.ORG ", ("https://data.example.org",), id="capitals and blanks"),
        pytest.param("https://a.example:443,http://a.example:80", ("https://a.example", "http://a.example"),
                     id="the usual ports, which no browser names"),
        pytest.param("http://a.example:443", ("http://a.example:443",), id="a port that is usual elsewhere"),
        pytest.param("http://[::1]:3000,http://[::1]:3000", ("http://[::1]:3000",), id="twice the same, IPv6"),
        pytest.param("https://数据.example", ("https://xn--vxup8b.example",), id="a Chinese host"),
    ],
)  # fmt: skip
def test_origins_are_kept_as_browsers_name_them(given: str, origins: tuple[str, ...]) -> None:
    settings = from_env({"GONGKAI_ORIGINS": given})
    assert settings.origins == origins
    assert from_env(dump(settings)) == settings


def test_the_settings_table_has_a_row_for_each_setting() -> None:
    rows = settings_table().splitlines()
    assert len(rows) == len(SETTINGS) + 2
    for setting in SETTINGS:
        assert sum(f"`{setting.variable}`" in row for row in rows) == 1


def test_a_database_call_ends_before_the_request_does() -> None:
    assert Settings(deadline_ms=10_000).database_deadline_ms == 9_000
    assert Settings(deadline_ms=1).database_deadline_ms == 1
