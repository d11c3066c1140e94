"""A regulator asks what a licence does to a system that stands in the dangerous valley."""

from pathlib import Path
from tempfile import TemporaryDirectory

import custodes
from custodes.exchange import write_starter
from custodes.scenarios import ValleyInputs, measures_on, run

# The valley by itself: between the developer's threshold and society's (paper p. 25).
setting = {"rival_deploys": 0.5, "rents_lost": 0.3}
valley = run("valley", setting).outputs
print(f"A developer releases from {valley.p_developer:.0%} safe, society would wait ", end="")
print(f"for {valley.p_society:.1%}: a valley {valley.width_logit:.1f} log-odds wide.")
for measure in measures_on(ValleyInputs(**setting)):
    if measure.peak_risk_change is not None:
        print(f"  {measure.measure}: worst risk {measure.peak_risk_change:+.3f}")

# The same question about one system of the example round, with everything that is uncertain.
with TemporaryDirectory() as here:
    write_starter("demo", into=Path(here) / "round")
    round_ = custodes.read_round(Path(here) / "round")

effort = custodes.assess(round_, samples=1024).effort("almost-there")
print(f"\n{effort.title}: better alignment changes risk by")
for view in ("central", "licensed"):
    before = effort.worldview(view).before
    added = before.increase["dangerous_valley.deployment"].mean
    print(f"  {before.net.mean * 1e6:+.0f} ppm in the view {view}; ", end="")
    print(f"{added * 1e6:.0f} ppm are added because it is released")
