"""What a reviewer does, for `bench_workbench.py`: open a question, keep a draft, save, think."""

import json
import os
import random
import re
from pathlib import Path

from locust import HttpUser, between, task

KEYS = json.loads(Path(os.environ["REVIEWERS"]).read_text("utf-8"))
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|post_key|version)"[^>]* value="([^"]*)"')
EFFORT = "/rounds/a-round/efforts/first/"
TYPED = {"p05": "0.1", "p50": "0.2", "p95": "0.4", "reason": "As far as I can see."}


class Reviewer(HttpUser):
    """One of fifty."""

    wait_time = between(2, 6)

    def on_start(self) -> None:
        """Begin with a session, and see which questions there are."""
        self.client.cookies.set("sessionid", KEYS.pop())
        page = self.client.get(f"{EFFORT}estimate/", name="questions").text
        self.asked = re.findall(r"/estimate/([a-z_]+)/", page)[:12]

    @task
    def answer(self) -> None:
        """Answer one question, by way of a draft."""
        url = f"{EFFORT}estimate/{random.choice(self.asked)}/"  # noqa: S311 (which question)
        form = TYPED | self.hidden(url) | {"act": "draft"}
        self.client.post(f"{url}draft/", form, name="save a draft", headers={"HX-Request": "true"})
        form = TYPED | self.hidden(url) | {"act": "answer"}
        self.client.post(url, form, name="save an answer", allow_redirects=False)

    def hidden(self, url: str) -> dict[str, str]:
        """The hidden fields of a question's form."""
        return dict(HIDDEN.findall(self.client.get(url, name="open a question").text))
