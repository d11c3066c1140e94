"""An institute asks what each expert alone would have it believe about one effort."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import custodes
from custodes.assessment import Summary
from custodes.exchange import write_starter
from custodes.judgements import Judgement

EFFORT = "debating-judges"

with TemporaryDirectory() as here:
    write_starter("demo", into=Path(here) / "round")
    round_ = custodes.read_round(Path(here) / "round")  # or your own folder


def net_of(answers: Iterable[Judgement]) -> Summary:
    """Net of the effort in ppm under the first worldview, when only these answers are heard."""
    only = [each for each in round_.efforts if each.id == EFFORT]
    alone = {"efforts": tuple(only), "judgements": tuple(answers)}
    heard = round_.model_copy(update={**alone, "conflicts": (), "challenges": (), "claims": ()})
    record = custodes.assess(heard, samples=1024).record
    return record.efforts[0].worldview(record.round.worldviews[0]).before.net


answers = [each for each in round_.judgements if each.effort == EFFORT]
voices = {name: [each for each in answers if each.expert == name] for name in ("heron", "alder")}
for name, heard in {**voices, "all of them": answers, "nobody": []}.items():
    net = net_of(heard)
    print(f"{name:12} {net.mean * 1e6:+8.0f} ppm ({net.p05 * 1e6:+.0f} to {net.p95 * 1e6:+.0f})")
print("\nWhy they differ on whether it holds for more capable systems:")
for each in answers:
    if each.quantity == "scaling" and each.p50 is not None:
        print(f"  {each.expert}, round {each.round}, {each.p50:.0%}: {each.reason}")
