import pytest

from custodes.errors import InputError
from custodes.exchange import claims_as_csv, read_claims_csv, read_round, round_files
from custodes.rounds import inputs_sha256

HEAD = "id,effort,system,claimant,hazard,scale,text,evidence,assessment"
ROWS = f"""\
{HEAD},standing,claimed_cut,handling
c1,audits,,A lab,power_seeking|dishonesty,today,Our models are safe.,none,partly,,1 % to 4 %,
c2,,,An institute,,,The field is doing well.,,,draft,0.01,restricted
"""


def written(tmp_path, text):
    path = tmp_path / "claims.csv"
    path.write_text(text, "utf-8")
    return path


def test_claims_are_read_and_written_back(tmp_path):
    read = read_claims_csv(written(tmp_path, ROWS))

    assert read.faults == ()
    assert read.rows == (2, 3)
    first, second = read.claims
    assert first.hazard == ("power_seeking", "dishonesty")
    assert (first.evidence, first.scale, second.scale) == ((), "today", "not_stated")
    assert first.claimed_cut is not None
    assert (first.claimed_cut.p05, first.claimed_cut.p95) == (0.01, 0.04)
    assert [each.counts for each in read.claims] == [True, False]
    assert second.about == "the field"
    again = read_claims_csv(written(tmp_path, claims_as_csv(read.claims)))
    assert again.claims == read.claims


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (",,,x,,,y,,,,,", "id", "is empty"),
        ("c3,,,,,,y,,,,,", "claimant", "is empty"),
        ("c3,,,x,,,,,,,,", "text", "is empty"),
        ("c3,,,x,power_seking,,y,,,,,", "hazard", "'power_seking' is not a hazard"),
        ("c3,,,x,,tody,y,,,,,", "scale", "'tody' is not in the list"),
        ("c3,,,x,,,y,,true,,,", "assessment", "'true' is not in the list"),
        ("c3,,,x,,,y,,,done,,", "standing", "'done' is not in the list"),
        ("c3,,,x,,,y,none|a1,,,,", "evidence", "says 'none' and names audits"),
        ("c3,,,x,,,y,a1|a1,,,,", "evidence", "names 'a1' twice"),
        ("c3,,,x,,,y,,,,2,", "claimed_cut", "is outside the range"),
        ("c3,,,x,,,y,,,,much,", "claimed_cut", "'much'"),
        ("c3,,,x,,,y,,,,,secret", "handling", "'secret' is not in the list"),
        ("c 3,,,x,,,y,,,,,", "id", ""),
    ],
)
def test_what_is_wrong_is_refused_at_its_row(tmp_path, row, field, message):
    read = read_claims_csv(written(tmp_path, f"{ROWS}{row}\n"))

    (fault,) = read.faults
    assert (fault.row, fault.field) == (4, field)
    assert message in fault.message
    assert fault.cure
    assert len(read.claims) == 2


ROUND = {
    "round.toml": 'title = "A round"\ninstitution = "We"\nbudget = 1000\ncurrency = "USD"\n',
    "efforts.csv": "id,title,kind,cost\naudits,Audits,evaluations,1000\n",
    "claims.csv": f"{HEAD}\nc1,audits,default,A lab,,,We are safe.,none,\n",
    "judgements.csv": "effort,expert,quantity,p05,p50,p95,verdict\n"
    "claim:c1,e1,claim_holds,0.1,0.2,0.4,unsupported\n",
}


def write_files(folder, files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_round_with_claims_is_read_and_written_back(tmp_path):
    first = read_round(write_files(tmp_path / "a", ROUND))
    again = read_round(write_files(tmp_path / "b", round_files(first)))

    assert [each.id for each in first.claims] == ["c1"]
    assert first.judgements[0].verdict == "unsupported"
    assert inputs_sha256(again) == inputs_sha256(first)


def test_every_fault_between_the_files_is_told_at_once(tmp_path):
    files = ROUND | {
        "claims.csv": f"{HEAD}\nc1,audit,,x,,,y,none,\nc1,audits,,x,,,y,power-1,\n"
        "c2,audits,modl,x,,,y,none,\n",
        "judgements.csv": "effort,expert,quantity,p05,p50,p95,verdict,praise\n"
        "claim:c9,e1,claim_holds,0.1,0.2,0.4,partly,\n"
        "claim:c2,e1,success,0.1,0.2,0.4,partly,\n"
        "audits,e1,success,0.1,0.2,0.4,partly,fine\n",
    }
    with pytest.raises(InputError) as caught:
        read_round(write_files(tmp_path / "a", files))

    assert {(each.file, each.row, each.field) for each in caught.value.faults} == {
        ("claims.csv", 2, "effort"),
        ("claims.csv", 3, "id"),
        ("claims.csv", 3, "evidence"),
        ("claims.csv", 4, "system"),
        ("judgements.csv", 2, "effort"),
        ("judgements.csv", 3, "quantity"),
        ("judgements.csv", 4, "verdict"),
        ("judgements.csv", 4, "praise"),
    }


def test_what_follows_from_a_broken_claim_is_not_told_too(tmp_path):
    broken = {"claims.csv": f"{HEAD}\nc1,audits,,x,,soon,y,none,\n"}
    with pytest.raises(InputError) as caught:
        read_round(write_files(tmp_path / "a", ROUND | broken))

    assert [(each.file, each.field) for each in caught.value.faults] == [("claims.csv", "scale")]
