"""Pages of the workbench that are looked at as they are passed."""

import json

import pytest

from journey_rounds import SCRIPTED
from workbench_server import running

WORLD = "from journey_rounds import make_rounds; print(make_rounds())"


@pytest.fixture(scope="session")
def institution(tmp_path_factory):
    """A workbench of an institution for every journey, with rounds at every stage."""
    with running(tmp_path_factory.mktemp("institution"), alone=False, world=WORLD) as started:
        yield started


@pytest.fixture(params=SCRIPTED, ids=SCRIPTED.values())
def scripts(request):
    """Whether the browser runs scripts."""
    return request.param


@pytest.fixture
def enter(institution, visit):
    """Open a window in which somebody of the cast is signed in."""
    cookies = json.loads(institution.told)

    def entered(name, **options):
        window = visit(base_url=institution.base, **options)
        window.page.context.add_cookies([{**cookies[name], "url": institution.base}])
        return window

    return entered


@pytest.fixture
def visit(chromium):
    """Open a window, and look at every page that is passed on the way."""
    opened = []

    def opened_window(**options):
        wide = {"viewport": {"width": 1200, "height": 900}}
        context = chromium.new_context(**(wide | options))
        window = Window(context.new_page(), scripts=options.get("java_script_enabled", True))
        opened.append((context, window))
        return window

    yield opened_window
    problems = []
    for context, window in opened:
        problems += window.problems
        context.close()
    assert problems == []


class Window:
    """A page in Chromium that notes what is wrong with what it shows."""

    def __init__(self, page, *, scripts):
        self.page = page
        self.scripts = scripts
        self.problems = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._ask)
        page.on("dialog", self._dismiss)

    def _hear(self, message):
        if message.type == "error" and "status of 40" not in message.text:
            self.problems.append(f"console at {self.page.url}: {message.text}")

    def _dismiss(self, dialog):
        self.problems.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _ask(self, request):
        if not request.url.startswith(("http://127.0.0.1", "data:", "blob:")):
            self.problems.append(f"a request to another host: {request.url}")

    def go(self, url):
        self.page.goto(url)
        return self.look()

    def press(self, name, *, role="button"):
        """Press what is called so, and look at where it leads."""
        return self.click(self.page.get_by_role(role, name=name, exact=True).first)

    def follow(self, name):
        return self.press(name, role="link")

    def follow_in_menu(self, name):
        """Open the rest of the menu, and follow a link in it."""
        self.page.get_by_text("More", exact=True).click()
        return self.follow(name)

    def waiting(self, title):
        """What waits in a round, on the first page."""
        self.go("/")
        return self.page.locator("main li", has=self.page.get_by_text(title, exact=True))

    def follow_waiting(self, title, link):
        """From the first page, follow what waits in a round."""
        return self.click(self.waiting(title).get_by_role("link", name=link, exact=True))

    def until(self, done, *, again):
        """Until a computation is done, by the link that asks again where no script does."""
        for _ in range(360):
            if self.page.get_by_text(done).count():
                return self.look()
            link = self.page.get_by_role("link", name=again)
            by_itself = self.scripts and self.page.locator('[hx-trigger^="every"]').count()
            if link.count() and not by_itself:
                link.first.click()
            self.page.wait_for_timeout(500)
        return pytest.fail(f"{done!r} never came: {self.text[:500]}")

    def follow_to(self, end):
        """Follow the first link of the page to an address that ends so."""
        return self.click(self.page.locator(f'main a[href$="{end}"]').first)

    def click(self, what):
        """Click, wait for the page that follows, and look at it."""
        with self.page.expect_navigation(wait_until="load"):
            what.click()
        return self.look()

    def fill(self, **fields):
        """Type into fields, or choose in them, by their names."""
        for name, value in fields.items():
            field = self.page.locator(f'main [name="{name}"]').first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def unfold(self):
        """Open everything that is folded, as a reader would."""
        folded = self.page.locator("main details:not([open]) > summary").all()
        for each in reversed(folded):  # an opened one leaves the places before it as they are
            each.click()
        return self

    def typed(self, name):
        """What stands in a field."""
        return self.page.locator(f'main [name="{name}"]').first.input_value()

    def look(self):
        """Check the page: axe, and that it fits a narrow screen; both are scripts themselves."""
        if not self.scripts:
            return self
        if self.page.locator('[hx-trigger~="load"]').count():
            self.page.wait_for_load_state("networkidle")
        self.page.wait_for_selector("h1")
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        where = self.page.url
        for found in axe.Axe().run(self.page).response["violations"]:
            nodes = [node["html"][:120] for node in found["nodes"][:2]]
            self.problems.append(f"axe {found['id']} at {where}: {nodes}")
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 800})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            self.problems.append(f"{where} is {wide} wide on a screen of 320")
        self.page.set_viewport_size(size)
        return self

    @property
    def text(self):
        return self.page.inner_text("main")
