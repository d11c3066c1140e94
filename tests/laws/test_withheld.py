"""Who has a round without what is withheld computes what was published of it."""

from custodes.assessment import assess
from custodes.exchange import read_round
from custodes.reports import open_round
from custodes.reports._edition import edit
from custodes.rounds import inputs_sha256
from round_folders import FILES, write_files


def test_what_is_published_comes_out_of_a_folder_without_what_is_withheld(tmp_path):
    whole = read_round(write_files(tmp_path / "whole"))
    marked = whole.efforts[0].model_copy(update={"handling": "restricted"})
    assert marked.id == "audits"
    whole = whole.model_copy(update={"efforts": (marked, *whole.efforts[1:])})
    opened = {
        name.replace(".", "_"): "\n".join(
            line for line in FILES[name].splitlines() if not line.startswith("audits,")
        )
        for name in ("efforts.csv", "judgements.csv")
    }

    published = edit(assess(whole, samples=64).record, whole)
    again = assess(read_round(write_files(tmp_path / "open", **opened)), samples=64)

    assert published.withheld == 1
    assert published.record.efforts == again.record.efforts
    assert published.record.inputs_sha256 == inputs_sha256(open_round(again.round_))
