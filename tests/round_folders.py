"""A small round on disk that uses every file and most columns, to be read, bent and broken."""

FILES = {
    "round.toml": """\
title = "A round"
institution = "An institute"
budget = 1_000_000
currency = "GBP"
worldviews = ["central", "ours"]
samples = 1024
[limits]
p_raises_risk = 0.2
[judgement]
shape = "metalog"
[rates]
USD = { rate = 0.79, date = 2026-09-01, source = "example" }
EUR = { rate = 0.86, date = 2026-09-01, source = "example" }
""",
    "efforts.csv": """\
id,title,kind,cost,currency,cost_is_estimate,start,hazards,target_system,our_column
audits,Audits,evaluations,200000,,no,2026-10,sandbagging,assistant,kept
honest,Honest reporting,honest_ai,100k to 300k,USD,yes,2027,dishonesty|power_seeking,,
theory,"Theory, mostly",agent_foundations,1 / 2 / 4,EUR,,,,,
""",
    "judgements.csv": """\
effort,expert,round,quantity,p05,p50,p95,reason,raw,unit,wording,confidence,abstain,at
audits,e1,1,success,0.2,0.5,0.8,seen it work,,,success/1,,,2026-09-01
audits,e1,2,success,0.3,50 %,1 in 1.25,after talk,,,success/1,,,
audits,e2,,insight_months,0,0.01,0.1,,,,,,,
honest,e2,1,accident_cut,-0.1,0.02,0.1,,,,,,,
honest,e1,1,adoption,,,,,,,,,not_my_field,
system:assistant,e1,1,leak,0.1,0.2,0.3,,,,,,,
mitigation:our-licence,e2,1,adopted,0.2,0.4,0.6,,,,,,,
world:ours,e2,1,coupling,0.2,0.4,0.6,,,,,0.6,,
""",
    "experts.csv": """\
expert,expertise,affiliations,interests,weight
e1,evaluations|security,An institute,none,2
e2,learning theory,,,
""",
    "systems.toml": """\
schema = "custodes/systems/1"
[[system]]
id = "assistant"
title = "An assistant"
access = "weights"
[system.quantities]
leak = "0.1 to 0.3"
noticed = 0.7
months_to_effect = "1 / 3 / 9"
safety_logit = { p05 = 0, p50 = 2, p95 = 4, reason = "ours", source = "here" }
""",
    "corrections.toml": """\
schema = "custodes/corrections/1"
[[system]]
id = "assistant"
access_detail = "weights_to_few"
[[system.lever]]
id = "stop"
kind = "stop"
hours = 0.5
tested = false
[[system.trigger]]
id = "theft"
kind = "leak"
owner = "Head of security"
hours_to_decide = 24
[[system.event]]
trigger = "theft"
noticed = 2026-09-10T09:00:00+02:00
decided = 2026-09-10T12:00:00Z
act = false
reason = "a false alarm"
""",
    "mitigations.toml": """\
schema = "custodes/mitigations/1"
[[mitigation]]
id = "scaling-statement"
adopted = 0.9
[[mitigation]]
id = "our-licence"
title = "Licence in our country"
problem = "dangerous_valley, bad_principal"
who = "regulator"
grant_condition = false
adopted = "0.2 to 0.6"
[mitigation.changes]
licence = "0.5 / 0.8 / 0.97"
""",
    "worldviews/ours.toml": """\
schema = "custodes/worldview/1"
title = "Ours"
base = "cautious"
horizon = 2050
[quantities]
risk_accident = { p05 = 0.002, p50 = 0.012, p95 = 0.06, reason = "ours" }
rival_deploys = "0.2 to 0.7"
harm_arrival_rate = "0.01 / 0.03 / 0.1"
[[correlation]]
a = "benefit_captured"
b = "harm_internalised"
rank = 0.3
""",
}
"""The files of the round by name."""


def write_files(folder, **changes):
    """Write the round, with some of its files changed, left out (None) or added (`name=text`).

    A name is written with underscores for dots and slashes: `efforts_csv`, `worldviews_ours_toml`.
    """
    names = {name.replace(".", "_").replace("/", "_"): name for name in FILES}
    texts = FILES | {names.get(key, key): text for key, text in changes.items()}
    for name, text in texts.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
