"""Take the pictures of the workbench's tutorials, into docs/pictures/workbench.

`python tools/workbench_pictures.py` starts a workbench of its own, walks through a round as the
tutorials tell it, and photographs pages on the way; so a picture shows what a reader gets. Needs
the extra `dev` and Chromium.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures" / "workbench"
WIDTH = 1000
PORT = 8179
ROUND = "/rounds/spring-round/"
FLAGS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars")

APPLICATION = {
    "Title": "Reading small models",
    "Who would do it?": "Harbour Lane Laboratory",
    "What is to be done?": "We label the circuits of small models, and test on larger ones "
    "whether the labels hold.",
    "What does it cost?": "250,000",
    "When would it start?": "2027-06",
    "What do you claim?": "Labels of circuits show a planned deception before it happens.",
    "How does it reduce risk?": "Developers see a plan that a model does not tell, and stop it.",
    "Why does it reduce risk in particular?": "Labels say what a model is up to; they do not "
    "make it better at its work.",
    "On which systems?": "Language models with open weights.",
    "What would show it wrong?": "A model that deceives while its labels look harmless.",
    "Who is the principal?": "The developer of the model.",
    "Who pays?": "Nobody else so far.",
    "What would developers do anyway, and when?": "Some of it, two years later.",
    "Milestones": "Labels after six months, the test on larger models after twelve.",
}
CHOSEN = {
    "Which hazard falls?": "Deceptive alignment (accident)",
    "Which definition of alignment do you use?": "hazard-focused: "
    "the system is free of hazards such as deception",
    "Aligned with whom?": "to its developer",
    "Does it hold for more capable systems?": "no",
    "Could your findings also speed up dangerous capabilities?": "no",
}
RAISES = "I see no way, because the labels are of use to nobody who builds a system."
ANSWERS = {
    "accident_cut": ("1%", "4%", "15%"),
    "success": ("20%", "45%", "70%"),
    "scaling": ("5%", "20%", "50%"),
}
CHALLENGED = (
    "accident cut: Fraction of accident risk cut if the effort succeeds, is adopted everywhere "
    "and holds at scale, at the reference cost."
)


class Tour:
    """A person who walks through the workbench with a camera."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.effort = ""
        """The id of the effort that was applied for."""

    def go(self, address: str) -> None:
        """Open an address of the workbench."""
        self.page.goto(self.base + address)

    def act_as(self, role: str) -> None:
        """Choose the role to act in, by its name in a sentence."""
        self.go("/")
        self.page.locator("#acting-as").select_option(label=role)
        self.press("Change")

    def press(self, name: str) -> None:
        """Press a button, or what looks like one."""
        button = self.page.get_by_role("button", name=name, exact=True)
        found = button if button.count() else self.page.get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            found.first.click()

    def fill(self, name: str, text: str) -> None:
        """Type into the first field of that name."""
        self.page.get_by_label(name, exact=True).first.fill(text)

    def choose(self, name: str, option: str) -> None:
        """Choose from the first list of that name."""
        self.page.get_by_label(name, exact=True).first.select_option(label=option)

    def open_stage(self, stage: str) -> None:
        """Open a stage as the lead officer."""
        self.act_as("the lead officer")
        self.go(f"{ROUND}stages/")
        self.choose("Open this stage", stage)
        self.fill("Why", "It is time.")
        self.press("Open the stage")

    def wait_for(self, text: str) -> None:
        """Wait until a computation has come to its end."""
        self.page.get_by_text(text).first.wait_for(timeout=120_000)

    def picture(self, name: str, *, of: str = "", height: int = 760) -> None:
        """Photograph the page from its top, or from where a text stands."""
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        if of:
            self.page.get_by_text(of).first.evaluate("each => each.scrollIntoView()")
        else:
            self.page.evaluate("window.scrollTo(0, 0)")
        file = PICTURES / f"{name}.png"
        self.page.screenshot(path=file, animations="disabled")
        print(f"{file.name}: {file.stat().st_size // 1024} kB")


def apply_and_screen(tour: Tour) -> None:
    """From a blank round over an application to an effort that goes to the panel."""
    tour.picture("start")
    tour.press("Start a blank round")
    for name, text in (
        ("Title", "Spring round"),
        ("Institution", "Our institute"),
        ("Budget", "2000000"),
        ("Currency", "USD"),
    ):
        tour.fill(name, text)
    tour.press("Start the round")
    tour.picture("round")
    tour.open_stage("the call")
    tour.picture("stages")
    tour.act_as("an applicant")
    tour.go("/calls/spring-round/")
    tour.picture("call")
    tour.press("Apply")
    tour.press("Start an application")
    for name, text in APPLICATION.items():
        tour.fill(name, text)
    for name, option in CHOSEN.items():
        tour.choose(name, option)
    for field in tour.page.get_by_label("How could your effort raise risk in this way?").all():
        field.fill(RAISES)
    tour.picture("application", of="Why it reduces risk in particular")
    tour.press("Save and preview")
    tour.press("Back to the form")
    tour.press("Send it in")
    tour.effort = tour.page.url.rstrip("/").rsplit("/", 1)[1]
    tour.open_stage("screening")
    tour.go(f"{ROUND}screening/{tour.effort}/")
    tour.picture("screening", of="Decide")
    tour.page.get_by_label("Accept: it goes to the panel").check()
    tour.press("Keep the decision")


def judge(tour: Tour) -> None:
    """From an invitation to revised answers."""
    tour.open_stage("inviting experts")
    tour.go(f"{ROUND}experts/")
    tour.fill("Name", "Ada Quill")
    tour.fill("Mail address", "ada@example.org")
    tour.fill("What they know about", "interpretability")
    tour.fill("Where they work or worked", "Mill Road University")
    tour.press("Propose")
    tour.press("Invite")
    tour.picture("expert")
    found = re.search(r"http\S+/invitation/\S+", tour.page.inner_text("main"))
    if found is None:
        sys.exit("The invitation has no address.")
    tour.page.goto(found[0])
    tour.picture("invitation")
    tour.open_stage("blind estimates")
    tour.act_as("an expert")
    for quantity, (low, best, high) in ANSWERS.items():
        tour.go(f"{ROUND}efforts/{tour.effort}/estimate/{quantity}/")
        tour.fill("Lowest plausible", low)
        tour.fill("Highest plausible", high)
        tour.fill("Best guess", best)
        tour.fill("Why", "Labels held in two of five published tests.")
        tour.page.get_by_text("What your numbers say.").wait_for()
        if quantity == "accident_cut":
            tour.picture("estimate", of="Your answer")
        tour.press("Save my answer")
    tour.go(f"{ROUND}efforts/{tour.effort}/estimate/")
    tour.press("Hand in my answers for this effort")
    tour.open_stage("discussion")
    tour.act_as("an expert")
    tour.go(f"{ROUND}efforts/{tour.effort}/discussion/accident_cut/")
    tour.fill("Your comment", "Would the labels survive another round of training?")
    tour.page.get_by_label("This is a question").check()
    tour.press("Post")
    tour.picture("discussion")
    tour.open_stage("revision")
    tour.act_as("an expert")
    tour.go(f"{ROUND}efforts/{tour.effort}/estimate/accident_cut/")
    tour.picture("revision")


def assess_and_challenge(tour: Tour) -> None:
    """From a run over a challenge to its ruling."""
    tour.open_stage("assessment")
    tour.go(f"{ROUND}assessment/")
    tour.press("Run the assessment")
    tour.wait_for("Take it with you")
    tour.picture("assessment")
    tour.open_stage("challenges")
    tour.act_as("a red-teamer")
    tour.go(f"{ROUND}challenge/{tour.effort}/")
    tour.fill("What you object", "Labels of small models say little about large ones.")
    tour.choose("The quantity that you would put otherwise", CHALLENGED)
    for name, text in (("5th", "0"), ("50th", "0.5%"), ("95th", "4%")):
        tour.fill(f"Your {name} percentile", text)
    tour.press("Raise it")
    challenge = tour.page.url
    tour.press("Show what it would change")
    tour.picture("challenge")
    tour.act_as("an applicant")
    tour.page.goto(challenge)
    tour.fill("Your answer", "We test on larger models; the second milestone says so.")
    tour.picture("challenge-answer")
    tour.press("Answer")
    tour.act_as("a programme officer")
    tour.page.goto(challenge)
    tour.page.get_by_label("rejected: it does not stand").check()
    tour.fill("Why", "The test on larger models is what is paid for.")
    tour.picture("ruling")
    tour.press("Keep the ruling")


def weigh(tour: Tour) -> None:
    """A case of the valley, as somebody who licenses systems looks at it."""
    tour.go("/scenarios/valley/?rival_deploys=0.4&deployers=5")
    tour.picture("valley", of="The numbers of this picture", height=440)


def decide(tour: Tour) -> None:
    """From a choice over a decision to the public site."""
    tour.open_stage("choice and decision")
    tour.go(f"{ROUND}assessment/")
    tour.press("Run the assessment")
    tour.wait_for("Take it with you")
    tour.go(f"{ROUND}choice/")
    tour.press("Choose")
    tour.wait_for("Why this choice")
    tour.picture("choice")
    tour.fill("Why this choice", "It keeps the limit on raising risk.")
    tour.press("Propose")
    tour.act_as("a decision maker")
    tour.go(f"{ROUND}decisions/{tour.effort}/")
    tour.picture("decision")
    tour.page.get_by_label("Defer it").check()
    tour.fill("Reasons", "One expert is too few. We ask again with a panel of five.")
    ticked = tour.page.locator("main input[type=checkbox]:checked")
    while ticked.count():
        ticked.first.uncheck()
    tour.press("Write the decision down")
    tour.press("Release this decision")
    tour.picture("decided")
    tour.act_as("the lead officer")
    tour.go(f"{ROUND}publications/")
    tour.press("Prepare the public site")
    while not tour.page.get_by_role("button", name="Make 1 public").count():
        tour.page.wait_for_timeout(1000)
        tour.page.reload()
    tour.picture("publication")
    tour.press("Make 1 public")
    tour.go("/public/spring-round/")
    tour.picture("public")
    tour.go("/history/")
    tour.picture("history")


@contextmanager
def workbench(folder: Path) -> Iterator[str]:
    """Run a workbench on an empty folder; its first address."""
    environment = {**os.environ, "CUSTODES_DATA": str(folder)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "custodes", "workbench", "--port", str(PORT)]
    process = subprocess.Popen(  # noqa: S603 (our own command)
        command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        found = re.search(r"http\S+", process.stdout.readline()) if process.stdout else None
        if found is None:
            sys.exit("The workbench did not start.")
        yield found[0]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def main() -> None:
    """Walk and photograph."""
    argparse.ArgumentParser(
        description="Take the pictures of the workbench's tutorials.",
        epilog="Needs the extra `dev` and Chromium; takes about two minutes.",
    ).parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not here; on Debian or Ubuntu: apt-get install -y chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        workbench(Path(folder)) as begin,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": 760})
        page.set_default_timeout(10_000)
        page.goto(begin, wait_until="load")
        tour = Tour(page, f"http://127.0.0.1:{PORT}")
        for part in (apply_and_screen, judge, assess_and_challenge, weigh, decide):
            part(tour)
        browser.close()


if __name__ == "__main__":
    main()
