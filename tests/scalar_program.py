"""The model once more: one world, the standard library, straight from its description.

A second program to hold the engine against. It shares no line with the library; where the engine
has closed forms (the share of a term in a change, the probability of a stage) this one integrates.
"""

from math import erfc, exp, log, log1p, sqrt

NODES = 64


def phi_normal(x):
    return erfc(-x / sqrt(2)) / 2


def log_of_odds(p):
    return log(p / (1 - p))


def mean_of_exp(t):
    """The mean of exp over [0, t], by Simpson's rule."""
    width = 1 / (2 * NODES)
    weights = [1, *([4, 2] * NODES)[:-1], 1]
    return sum(w * exp(i * width * t) for i, w in enumerate(weights)) * width / 3


def returns(cost, start, exponent):
    if abs(exponent) < 1e-9:
        return log(1 + cost / start)
    return ((1 + cost / start) ** exponent - 1) / exponent


def reached(cut, out, phi):
    return min(max(out * (1 - (1 - min(cut, 0.99)) ** phi), -9), 0.99)


def stage(v, x, xh, licence, thresholds):
    developer, society = thresholds
    seen = xh + v["regulator_insight"] * (x - xh)
    wants = phi_normal((xh - developer) / v["deployer_noise"])
    granted = phi_normal((seen - society) / v["regulator_noise"])
    return 1 - (1 - wants * (1 - licence + licence * granted)) ** v["deployers"]


def game(v, x, xh, usefulness):
    """P_train, P_dep and the exposure Q."""
    keeps = v["benefit_captured"] * (1 - v["windfall"]) * (1 + usefulness)
    bears = min(v["harm_internalised"] + v["liability"], 1) * v["harm_benefit"]
    q = min(v["rival_deploys"], 0.999)
    developer = log(bears / keeps) - log((1 + q * v["rents_lost"]) / (1 - q))
    society = log(v["harm_benefit"])
    deploy = stage(v, x, xh, v["licence"], (developer, society))
    tau = v["training_share"]
    train = 1.0
    if tau > 0:
        sooner = (developer + log(tau), society + log(tau))
        train = stage(v, x, xh, v["licence_training"], sooner)
    return train, deploy, train * (tau + (1 - tau) * deploy)


def scalar_outcome(v):
    """Parts of accident and misuse, net, usefulness, social value, risk before; over success."""
    branches = [_branch(v, ok) for ok in (1, 0)]
    p = v["success"]

    def mix(one, other):
        if isinstance(one, dict):
            return {name: mix(one[name], other[name]) for name in one}
        return p * one + (1 - p) * other

    return mix(*branches)


def _branch(v, ok):
    cf = 1 - v["done_anyway"] * (1 - v["delay_share"])
    cost, ref, start = v["cost_usd"], v["reference_cost"], v["returns_start"]
    phi, phi_i = (
        returns(cost, start, v[a]) / returns(ref, start, v[a])
        for a in ("returns_exponent", "interest_exponent")
    )
    d = v["diversion"]
    if 0 < d < 1:
        odds = d / (1 - d) * (cost / ref) ** v["diversion_growth"]
        d = odds / (1 + odds)
    out = v["adoption"] * (1 - d)
    full = {"A": reached(v["accident_cut"], out, phi), "M": reached(v["misuse_cut"], out, phi)}
    if full["M"] > 0:
        full["M"] *= 1 - v["leak"] * v["removal"]
    true = {c: ok * cut for c, cut in full.items()}
    believed = {
        c: min(v["overstatement"] * (1 if ok else v["believed_if_failed"]) * cut, 0.999)
        if cut > 0
        else true[c]
        for c, cut in full.items()
    }
    u = max(ok * out * v["usefulness"] * phi, -0.9)
    r = ok * out * v["principal_help"] * phi

    a_year = 12 * v["spend_response"] / log(v["spend_growth"])
    months = {
        "investment": cf * a_year * log(max(1 + v["reinvested"] * v["revenue_ratio"] * u, 0.1)),
        "ai_research": cf * v["rd_months"] * v["rd_share"] * u / (1 + u),
        "insight": cf * v["insight_months"] * phi,
        "diversion": a_year * log(1 + d * cost / v["capability_spend"]),
        "interest": cf * v["interest_months"] * phi_i,
    }
    a_month = v["sensitivity"] * (1 - v["coupling"])
    haste = {f"relative_progress.{name}": a_month * y for name, y in months.items()}
    g, k = v["relaxation"], v["carry_over"]
    terms = {"P": dict(haste)}
    for c, z in (("A", v["other_accident"]), ("M", v["other_misuse"])):
        e, h = true[c], believed[c]
        terms[c] = haste | {
            "benefit": cf * log(1 - e * k * v["scaling"]),
            "false_security.system": cf * g * k * max(h - e, 0) * (1 - v["rollback"]),
            "false_security.scaling": cf
            * g
            * k
            * v["over_generalising"]
            * max(e, 0)
            * (1 - v["scaling"]),
            "false_security.safety_washing": cf * g * min(v["washing"] * phi, 1),
            "false_security.partial_coverage": cf * g * k * v["coverage_confusion"] * max(e, 0),
            "other": cf * log(1 + max(z, -0.99)),
        }
    terms["P"]["bad_principal.empowerment"] = cf * (
        v["principal_usefulness"] * log(1 + u) + v["principal_reliability"] * r
    )

    m = v["malicious_among_reference"]
    some_bad = (1 - (1 - m) ** (v["holders"] / v["holders_reference"])) / m
    hazards = {
        "A": -log(1 - v["risk_accident"]),
        "M": -log(1 - v["risk_misuse"]),
        "P": -log(1 - min(v["risk_principal"] * some_bad, 0.999)),
    }

    x0 = v["safety_logit"]
    n0 = log(1 + exp(-x0))
    n = {"A": (1 - v["misuse_share"]) * n0, "M": v["misuse_share"] * n0}
    alpha = v["made_safer_share"]
    cut = {c: n[c] * alpha * true[c] for c in n}
    n1 = n0 - sum(cut.values())
    nh = n0 - alpha * (n["A"] * believed["A"] + n["M"] * believed["M"])
    h0, h1 = 1 - exp(-n0), 1 - exp(-n1)
    x1, xh = -log(exp(n1) - 1), -log(exp(nh) - 1)
    before, after, seen = game(v, x0, x0, 0), game(v, x1, x1, u), game(v, x1, xh, u)
    rho = v["reach"] * (1 - v["rollback"])
    # the mean of exp over the cut, and not the difference of two near numbers
    pieces = {
        c: {
            "benefit": -cf * rho * before[2] * exp(-n0) * mean_of_exp(sum(cut.values())) * cut[c],
            "dangerous_valley.deployment": cf
            * rho
            * (after[2] - before[2])
            * h1
            * (n[c] - cut[c])
            / n1,
            "false_security.system": cf * rho * (seen[2] - after[2]) * h1 * (n[c] - cut[c]) / n1,
        }
        for c in n
    }

    s_t = max(1 - rho * before[2] * h0, 1e-12)
    change = sum(sum(each.values()) for each in pieces.values())
    d_t = -log1p(-change / s_t)
    sums = {j: sum(each.values()) for j, each in terms.items()}
    total = sum(hazards[j] * (exp(sums[j]) - 1) for j in sums) + d_t
    s_0 = exp(-sum(hazards.values())) * s_t
    share = s_0 * mean_of_exp(-total)
    accident, misuse = {}, {}
    for j, each in terms.items():
        into = accident if j == "A" else misuse
        for name, term in each.items():
            into[name] = into.get(name, 0) + share * hazards[j] * mean_of_exp(sums[j]) * term
    weight = d_t / change if abs(change) >= 1e-14 else 1 / s_t
    for c, into in (("A", accident), ("M", misuse)):
        for name, piece in pieces[c].items():
            into[name] = into.get(name, 0) + share * weight * piece
    net = s_0 * (1 - exp(-total))
    good_after = seen[0] * seen[1] * (1 - h1) * (1 + u)
    good_before = before[0] * before[1] * (1 - h0)
    value = (
        -net
        + v["usefulness_value"] * cf * u
        + v["reach"] * cf / v["harm_benefit"] * (good_after - good_before)
    )
    return {
        "accident": accident,
        "misuse": misuse,
        "net": net,
        "usefulness": cf * u,
        "social_value": value,
        "risk_before": 1 - s_0,
    }
