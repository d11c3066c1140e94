import pytest

from custodes.exchange._settings_file import read_settings
from round_folders import FILES


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        (tmp_path / "round.toml").write_text(text, "utf-8")
        return read_settings(tmp_path / "round.toml")

    return read_text


def test_a_byte_order_mark_is_no_fault(read):
    assert read("\ufeff" + FILES["round.toml"]).faults == ()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('currency = "GBP"', 'currency = "pounds"', "currency"),
        ("samples = 1024", "samples = 1000", "samples"),
        ("samples = 1024", "samples = 1024.5", "samples"),
        ("samples = 1024", 'samples = "1024"', "samples"),
        ("samples = 1024", "samples = 1024\nseed = -1", "seed"),
        ("samples = 1024", "samples = 1024\nseed = true", "seed"),
        ("samples = 1024", "samples = 1024\nhorizon = 1999", "horizon"),
        ("samples = 1024", 'samples = 1024\nverdict = "both"', "verdict"),
        ("samples = 1024", 'samples = 1024\nschema = "custodes/round/2"', "schema"),
        ('["central", "ours"]', "[]", "worldviews"),
        ('["central", "ours"]', '"central"', "worldviews"),
        ("p_raises_risk = 0.2", "p_raises_risk = 20", "limits.p_raises_risk"),
        ("p_raises_risk = 0.2", "p_raises_rsk = 0.2", "limits.p_raises_rsk"),
        ('"metalog"', '"beta"', "judgement.shape"),
        ("rate = 0.79", "rate = 0", "rates.USD.rate"),
        ("rate = 0.79", "rat = 0.79, rate = 0.79", "rates.USD.rat"),
        ('date = 2026-09-01, source = "example" }\nEUR', 'source = "x" }\nEUR', "rates.USD.date"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(old, new, field, read):
    assert old in FILES["round.toml"]
    settings = read(FILES["round.toml"].replace(old, new))

    assert [fault.field for fault in settings.faults] == [field]
    assert all(fault.cure and fault.file == "round.toml" for fault in settings.faults)


def test_a_schema_may_be_named(read):
    assert read('schema = "custodes/round/1"\n' + FILES["round.toml"]).faults == ()


def test_missing_keys_are_told_together(read):
    settings = read("budget = -1\n")

    assert settings.at_fault == {"title", "institution", "currency", "budget"}
    assert settings.settings.budget == 1
