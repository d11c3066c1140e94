"""A funder asks which grants become good with conditions, at what price, and which never do."""

from pathlib import Path
from tempfile import TemporaryDirectory

import custodes
from custodes.exchange import write_starter

with TemporaryDirectory() as here:
    write_starter("demo", into=Path(here) / "round")
    round_ = custodes.read_round(Path(here) / "round")  # or your own folder

assessment = custodes.assess(round_, samples=1024)
first = assessment.record.round.worldviews[0]

for effort in assessment.record.efforts:
    before, after = (effort.worldview(first).before, effort.worldview(first).after)
    if before.net.mean <= 0:  # negative is safer
        continue
    change = f"{before.net.mean * 1e6:+.1f} to {after.net.mean * 1e6:+.1f} ppm"
    if effort.qualifies:
        print(f"Good with conditions: {effort.id}, {change}")
        print(f"  for {effort.conditions_cost:,.0f} {effort.currency}: ", end="")
        print(", ".join(effort.conditions))
    elif all(view.after.net.p05 > 0 for view in effort.worldviews.values()):
        worst = max(after.increase, key=lambda name: after.increase[name].mean)
        print(f"Never: {effort.id}, {change}; most through {worst}")
    else:
        print(f"Not within our limit: {effort.id}, {change}")
