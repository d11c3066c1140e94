"""Threads that save one object through its page; what became of each save, as JSON."""

import json
import re
import sys
import threading
from html import unescape

import django

django.setup()

from django.db import connection  # noqa: E402 (after the set-up)
from django.test import Client  # noqa: E402 (the same)

from cast import a_cast, a_workbench_round  # noqa: E402 (the same)
from custodes_workbench.access import Stage  # noqa: E402 (the same)

OBJECTS = {
    "a draft in two tabs": (
        Stage.BLIND,
        ("ada", "ada"),
        "/rounds/a-round/efforts/first/estimate/accident_cut/",
        "reason",
        {"act": "draft"},
    ),
    "a call by two officers": (
        Stage.CALL,
        ("lena", "omar"),
        "/calls/a-round/write/",
        "sought",
        {},
    ),
}


def value_of(page, name):
    """What stands in a field of a page."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    if area:
        return unescape(area[1]).strip()
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = tag and re.search(r'value="([^"]*)"', tag[0])
    return unescape(value[1]) if value else ""


class Saver(threading.Thread):
    """Somebody who reads the page, changes the text and saves, again and again."""

    def __init__(self, name, person, told, number):
        """Sign in."""
        super().__init__(name=name)
        self._url, self._field, self._more = told
        self._number = number
        self._client = Client(HTTP_HOST="127.0.0.1")
        self._client.force_login(person)
        self.saves = []

    def run(self):
        """Save so many times."""
        for turn in range(self._number):
            page = self._client.get(self._url).content.decode()
            text = f"{self.name} says {turn}."
            data = {name: value_of(page, name) for name in ("version", "post_key")}
            answer = self._client.post(self._url, {**data, **self._more, self._field: text})
            came = answer.content.decode()
            self.saves.append(
                {
                    "status": answer.status_code,
                    "text": text,
                    "seen": int(data["version"] or 0),
                    "seen text": value_of(page, self._field),
                    "said back": re.findall(r"saver-\d says \d+\.", came),
                }
            )
        connection.close()


stage, names, *told = OBJECTS[sys.argv[1]]
cast = a_cast()
a_workbench_round(cast, stage)
savers = [
    Saver(f"saver-{number}", cast.people[names[number % 2]], told, int(sys.argv[3]))
    for number in range(int(sys.argv[2]))
]
for each in savers:
    each.start()
for each in savers:
    each.join()
page = Client(HTTP_HOST="127.0.0.1")
page.force_login(cast.people[names[0]])
last = value_of(page.get(told[0]).content.decode(), told[1])
print(json.dumps({"saves": [save for each in savers for save in each.saves], "last": last}))  # noqa: T201 (its answer)
