import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from itertools import pairwise
from posixpath import dirname, join, normpath
from shutil import which

import pytest

import report_records as records
from custodes.assessment import AssessmentRecord
from custodes.errors import InputError, PrerequisiteError
from custodes.reports import open_round, require_site_folder, write_site
from custodes.rounds import inputs_sha256
from report_pages import parse

PAGES = ("index.html", "portfolio.html", "worldviews.html", "method.html", "recompute.html")


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Every file of a report on efforts with awkward titles, one of them withheld."""
    folder = tmp_path_factory.mktemp("report") / "site"
    write_site(records.assessment(), records.round_of(), folder)
    return files_in(folder)


@pytest.fixture(scope="module")
def pages(site):
    return {
        name: parse(content.decode())[0]
        for name, content in site.items()
        if name.endswith(".html")
    }


def test_site_has_a_page_for_each_open_effort(site):
    efforts = {f"efforts/{row[0]}.html" for row in records.EFFORTS if row[0] != "secret-plan"}

    assert {name for name in site if name.endswith(".html")} == {*PAGES, *efforts}


def test_every_page_is_well_formed(site):
    faults = {
        name: parse(content.decode())[1]
        for name, content in site.items()
        if name.endswith(".html")
    }

    assert {name: found for name, found in faults.items() if found} == {}


def test_every_link_leads_to_a_file_and_place_of_the_site(site, pages):
    dead = []
    for name, page in pages.items():
        for element in page.all("a", "link"):
            path, _, place = element.attributes["href"].partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            ids = {each.attributes.get("id") for each in pages[target].all()} if place else {place}
            if target not in site or place not in ids:
                dead.append((name, element.attributes["href"]))

    assert dead == []


def test_ids_are_unique_and_references_to_them_hold(pages):
    for page in pages.values():
        ids = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
        named = [
            each.attributes["aria-labelledby"]
            for each in page.all()
            if "aria-labelledby" in each.attributes
        ]

        assert len(ids) == len(set(ids))
        assert set(named) <= set(ids)


def test_pages_ask_nobody_and_run_nothing(site, pages):
    for page in pages.values():
        elements = list(page.all())
        tags = {element.tag for element in elements}
        attributes = [item for element in elements for item in element.attributes.items()]

        assert not tags & {"script", "iframe", "object", "embed", "img", "form", "style", "base"}
        assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
        assert not [
            value
            for name, value in attributes
            if name in {"href", "src", "srcset", "xlink:href", "action"}
            and re.match(r"\s*(?:[a-z]+:|//)", value)
        ]
    assert not re.search(rb"url\(|@import|https?:", site["assets/style.css"])


def test_policy_forbids_all_but_the_style_of_the_site(pages):
    for page in pages.values():
        [policy] = [
            element.attributes["content"]
            for element in page.all("meta")
            if element.attributes.get("http-equiv") == "Content-Security-Policy"
        ]

        assert policy.startswith("default-src 'none'; style-src 'self';")


def test_headings_are_in_order_and_landmarks_are_there(pages):
    for page in pages.values():
        levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
        steps = [after - before for before, after in pairwise(levels)]

        assert levels.count(1) == 1
        assert levels[0] == 1
        assert max(steps) <= 1
        assert [each.tag for each in page.all("header", "main", "footer")] == [
            "header",
            "main",
            "footer",
        ]
        assert next(page.all("a")).attributes["href"] == "#content"


def test_every_figure_has_words_a_caption_and_its_numbers(pages):
    seen = 0
    for page in pages.values():
        for figure in page.all("figure"):
            pictures = [each for each in figure.all() if each.attributes.get("role") == "img"]
            seen += len(pictures)

            assert pictures
            assert all(len(each.attributes["aria-label"]) > 60 for each in pictures)
            assert all(len(list(each.all("svg"))) == 1 for each in pictures)
            assert len(next(figure.all("figcaption")).text) > 40
            assert len(list(next(figure.all("details")).all("tr"))) > 3
        assert len(list(page.all("svg"))) == sum(
            len(list(f.all("svg"))) for f in page.all("figure")
        )
    assert seen == 2 + 3 * 7 + 2  # two efforts were judged


def test_every_table_has_a_caption_and_scoped_heads(pages):
    for page in pages.values():
        for table in page.all("table"):
            assert next(table.all("caption")).text
            assert {each.attributes.get("scope") for each in table.all("th")} <= {
                "col",
                "row",
                "colgroup",
                "rowgroup",
            }


def test_titles_are_text_wherever_they_stand(pages):
    for name in ("index.html", "efforts/evaluation-suite.html"):
        page = pages[name]

        assert " ".join(records.NASTY.split()) in page.text
        assert "bold" not in [each.text for each in page.all("b")]
    assert records.NASTY in pages["efforts/honest-reporting.html"].text


def test_withheld_effort_leaves_nothing_but_its_number(site, pages):
    [cost] = [row[3] for row in records.EFFORTS if row[0] == "secret-plan"]
    told = ("secret-plan", "CANARY", "confidential", f"{cost:,}", str(float(cost)))

    assert [(name, word) for name in site for word in told if word.encode() in site[name]] == []
    assert [word for word in told for name in site if word in name] == []
    for name in ("index.html", "portfolio.html", "recompute.html"):
        assert "1 effort is withheld" in pages[name].text


def test_what_nobody_judged_is_said_so(pages):
    index = pages["index.html"].text

    assert "Nobody judged 5 of these 7 efforts." in index
    assert index.count("reference class, nobody judged it") >= 5
    assert "Nobody judged this effort." in pages["efforts/open-probes.html"].text
    assert "Experts judged a part of it." in pages["efforts/honest-reporting.html"].text


def test_suggested_kinds_and_estimated_costs_are_marked(pages):
    assert "evaluations (suggested, not confirmed)" in pages["efforts/evaluation-suite.html"].text
    assert "GBP 900,000 (estimate)" in pages["efforts/open-probes.html"].text
    assert "median of the programme's awards" in pages["efforts/open-probes.html"].text
    assert "(estimate)" not in pages["efforts/model-organisms.html"].text


def test_verdict_in_words_comes_first_and_counts_every_effort(pages):
    verdicts = [
        each.text
        for each in pages["index.html"].all("li")
        if "verdict" in each.attributes.get("class", "")
    ]

    assert sum(int(text.split()[0]) for text in verdicts) == 7
    assert verdicts[-1] == "1 effort raises risk even with its conditions"


def test_ppm_in_a_sentence_never_stands_without_interval_or_error(pages):
    figure = r"[+\u2212]?\d[\d.,]* ppm"
    for page in pages.values():
        text = page.text + " ".join(
            each.attributes["aria-label"] for each in page.all() if "aria-label" in each.attributes
        )
        bare = [
            found[0]
            for found in re.finditer(rf"{figure} ?.{{0,24}}", text)
            if not re.match(rf"{figure}(?: \(90 % interval|, standard error)", found[0])
            and not found[0].startswith("1 ppm is a probability")
        ]

        assert bare == []


def test_parts_on_the_page_add_up_to_net_within_rounding(pages):
    [table] = [
        each
        for each in pages["efforts/honest-reporting.html"].all("table")
        if each.attributes.get("class") == "sums"
    ]

    def number(cell):
        return float(cell.text.split()[0].replace("\u2212", "-").replace(",", ""))

    rows = [[number(cell) for cell in row.all("td")] for row in table.all("tr")]
    *parts, net = [row for row in rows if row]
    for at, total in enumerate(net):
        assert sum(row[at] for row in parts) == pytest.approx(total, abs=0.6)


def test_experts_are_named_by_their_codes_with_their_reasons(pages):
    text = pages["efforts/honest-reporting.html"].text

    assert "Owl : 0.02 (0.005 to 0.06). Two pilots found half of it." in text


def test_conditions_stand_with_page_actor_and_cost(pages):
    text = pages["efforts/honest-reporting.html"].text

    for told in (
        "The grant letter asks for external-audit.",
        "p. 23",
        "auditor; adopted with probability 85 %",
        "0.2 % of the effort's cost, at least USD 1,000",
        "Less outside scrutiny.",
    ):
        assert told in text


def test_worldviews_flag_what_has_no_good_data(pages):
    heads = [each.text for each in pages["worldviews.html"].all("th")]

    flagged = [head.split(" no good data")[0] for head in heads if " no good data" in head]
    assert sorted(flagged) == ["harm internalised", "sensitivity"]


def test_recompute_names_command_seed_samples_version_and_hash(site, pages):
    text = pages["recompute.html"].text

    for told in (
        "custodes assess round --samples 4096 --seed 0 --worldview central",
        "--conditions alignment-cern=scaling-statement,external-audit --json again.json",
        "cmp assessment.json again.json",
        "the source of Custodes, version 0.0.1",
        "python3 -m pip install '.[report]'",
        inputs_sha256(open_round(records.round_of())),
        hashlib.sha256(site["assessment.json"]).hexdigest(),
        hashlib.sha256(site["overview.csv"]).hexdigest(),
    ):
        assert told in text


def test_published_result_is_the_record_without_what_is_withheld(site):
    published = AssessmentRecord.model_validate_json(site["assessment.json"])

    whole = records.assessment()
    told = {
        "efforts": whole.efforts[:-1],
        "inputs_sha256": inputs_sha256(open_round(records.round_of())),
    }
    assert published == whole.model_copy(update=told)
    assert json.loads(site["assessment.json"])["schema"] == "custodes/assessment/1"


def test_table_file_holds_the_numbers_of_the_record(site):
    rows = list(csv.DictReader(io.StringIO(site["overview.csv"].decode())))
    efforts = {effort.id: effort for effort in records.assessment().efforts}

    assert len(rows) == 7 * 3 * 2
    for row in rows:
        found = efforts[row["id"]].worldviews[row["worldview"]]
        result = found.after if row["conditions"] == "with" else found.before
        assert float(row["net_mean"]) == result.net.mean
        assert float(row["net_p95"]) == result.net.p95
        assert float(row["p_raises_risk"]) == result.p_raises_risk


def test_table_file_has_no_title_that_a_spreadsheet_would_run(tmp_path):
    rows = (("sum", "=HYPERLINK(1)", *records.EFFORTS[0][2:]),)

    write_site(records.assessment(rows), records.round_of(rows), tmp_path / "site")

    assert "'=HYPERLINK(1)" in (tmp_path / "site" / "overview.csv").read_text("utf-8")


def test_manifest_holds_the_hash_of_every_file(site):
    first, *lines = site["manifest.txt"].decode().splitlines()

    assert first == "# custodes/site/1"
    assert dict(line.split("  ")[::-1] for line in lines) == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in site.items()
        if name != "manifest.txt"
    }


CHECKER = which("sha256sum") or ""


@pytest.mark.skipif(not CHECKER, reason="needs sha256sum")
def test_manifest_is_what_sha256sum_checks(tmp_path):
    folder = tmp_path / "site"
    write_site(records.assessment(), records.round_of(), folder)

    done = subprocess.run(
        [CHECKER, "--check", "--strict", "manifest.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_report_of_an_earlier_version_is_replaced(site, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "manifest.txt").write_text("custodes/site/1\n", "utf-8")

    write_site(records.assessment(), records.round_of(), folder)

    assert files_in(folder) == site


def test_same_result_gives_the_same_bytes_and_replaces_what_was_there(site, tmp_path):
    rows = records.EFFORTS[:1]
    folder = tmp_path / "site"
    write_site(records.assessment(rows), records.round_of(rows), folder)
    (folder / "efforts" / "left-over.html").write_text("an effort that is withheld now")

    write_site(records.assessment(), records.round_of(), folder)

    assert files_in(folder) == site
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_round_without_an_open_effort_is_published_as_such(tmp_path):
    rows = records.EFFORTS[-1:]

    write_site(records.assessment(rows), records.round_of(rows), tmp_path / "site")

    text = parse((tmp_path / "site" / "index.html").read_text("utf-8"))[0].text
    assert "No effort is published." in text
    assert "1 effort is withheld" in text


def test_progress_tells_pages_done_and_in_all(tmp_path):
    told = []

    write_site(
        records.assessment(),
        records.round_of(),
        tmp_path / "site",
        progress=lambda done, everything: told.append((done, everything)),
    )

    assert told == [(done, 12) for done in range(1, 13)]


@pytest.mark.parametrize("spoil", ["file", "folder"])
def test_anything_else_in_the_place_is_refused_and_kept(spoil, tmp_path):
    target = tmp_path / "thesis"
    if spoil == "file":
        target.write_text("my thesis")
    else:
        target.mkdir()
        (target / "chapter.txt").write_text("my thesis")
    kept = files_in(tmp_path)

    with pytest.raises(InputError, match="name a"):
        write_site(records.assessment(), records.round_of(), target)

    assert files_in(tmp_path) == kept


def test_missing_or_empty_folder_will_do(tmp_path):
    require_site_folder(tmp_path)
    require_site_folder(tmp_path / "deep" / "site")


@pytest.mark.parametrize("package", ["altair", "jinja2", "vl_convert"])
def test_missing_extra_is_named_before_any_work(package, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(PrerequisiteError, match=r"install custodes\[report\]"):
        write_site(records.assessment(), records.round_of(), tmp_path / "site")

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "taken").write_text("a file", "utf-8")

    with pytest.raises(InputError, match="cannot be written"):
        write_site(records.assessment(), records.round_of(), tmp_path / "taken" / "site")
