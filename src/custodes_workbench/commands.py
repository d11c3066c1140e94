"""The commands that need the workbench; ``custodes.cli`` names them as text."""

from __future__ import annotations

import datetime as dt
import io
import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from custodes.errors import Fault, InputError, PrerequisiteError

if TYPE_CHECKING:
    from custodes_workbench.people.models import User
    from custodes_workbench.rounds.models import Round

_PARTS = ("all", "pages", "worker")
_PROCESSES = "2"
"""Fifty people at once wait four times longer for one process than for two."""


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@click.option(
    "--part",
    type=click.Choice(_PARTS),
    default="all",
    show_default=True,
    help="Serve the pages, do the background work, or both.",
)
def workbench(port: int, part: str) -> None:
    """Run the workbench on this machine.

    Without DATABASE_URL it keeps its data in SQLite, in your own data folder, and prints an
    address that signs you in. It asks nothing and serves this machine only.
    """
    os.umask(0o077)
    token = str(uuid.uuid4())
    os.environ["CUSTODES_START_TOKEN"] = token
    _set_up()
    from django.core.management import call_command  # noqa: PLC0415 (after the set-up)

    if part == "worker":
        from custodes_workbench.operations.worker import work  # noqa: PLC0415 (the same)

        work()
        return
    _require_free(port)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _require_safe_database()
    if part == "all":
        worker = [sys.executable, "-m", "custodes_workbench.operations.worker", str(os.getpid())]
        subprocess.Popen(worker)  # noqa: S603 (our own module; it ends when this process does)
    _say_where(port, token)
    _serve(port)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the workbench's data and files into one FILE, while it goes on."""
    os.umask(0o077)
    _set_up()
    from custodes_workbench.operations.services.backup import write_backup  # noqa: PLC0415 (after the set-up)

    kept = write_backup(file)
    rows = sum(each.rows for each in kept.tables.values())
    click.echo(f"{file}: {rows:,} rows and {len(kept.files):,} files")
    click.echo(f"root of the history: {kept.root or 'none yet'}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a backup FILE into an empty workbench, on SQLite or PostgreSQL."""
    os.umask(0o077)
    _set_up()
    from django.core.management import call_command  # noqa: PLC0415 (after the set-up)

    from custodes_workbench.operations.services.backup import restore_backup  # noqa: PLC0415 (the same)

    call_command("migrate", interactive=False, verbosity=0)
    kept = restore_backup(file)
    rows = sum(each.rows for each in kept.tables.values())
    click.echo(f"{rows:,} rows and {len(kept.files):,} files are back, with the same hashes")


@click.command()
def verify() -> None:
    """Check the history's chain, every row, and what was computed; exit 1 if anything differs."""
    _set_up()
    from custodes_workbench.operations.verification import checks  # noqa: PLC0415 (after the set-up)

    faults = []
    for name, check in checks().items():
        found = list(check())
        click.echo(f"{name}: {'as it should be' if not found else f'{len(found)} faults'}")
        faults += [
            Fault(message=each, cure="restore a backup, or ask who changed it") for each in found
        ]
    if faults:
        raise InputError(faults)


@click.command()
@click.argument("slug", metavar="ROUND")
@click.option("--reason", required=True, help="Why; everybody in the round reads it.")
@click.option("--by", "mail", default="", help="Mail address of the account that acts.")
def freeze(slug: str, reason: str, mail: str) -> None:
    """Stop a ROUND of the workbench after a breach: answers, discussion, mails, sessions."""
    _set_up()
    from custodes_workbench.rounds.services import freeze_round  # noqa: PLC0415 (after the set-up)

    row, by = _round_of(slug), _account(mail)
    with _refusals():
        freeze_round(round_=row, because=reason, by=by)
    click.echo(f"{row.title} stands still.")


@click.command()
@click.argument("slug", metavar="ROUND")
@click.option(
    "--judgements-to",
    "to",
    required=True,
    metavar="TIME",
    help="Set aside what was judged after it; ISO 8601, UTC unless it has a zone.",
)
@click.option("--reason", default="", help="Why; needed without --dry-run.")
@click.option("--reassign", is_flag=True, help="Give every expert a fresh pseudonym.")
@click.option("--dry-run", is_flag=True, help="Say what would be set aside, and stop.")
@click.option("--by", "mail", default="", help="Mail address of the account that acts.")
def rollback(slug: str, *, to: str, reason: str, reassign: bool, dry_run: bool, mail: str) -> None:
    """Set the judgements of a stopped ROUND aside back to a time; nothing is deleted.

    Another account confirms it on the round's page. Where one person is alone it is done at once.
    """
    _set_up()
    from custodes_workbench.judgements.selectors.standstill import plan_of_rollback  # noqa: PLC0415 (after the set-up)
    from custodes_workbench.judgements.services import ask_rollback  # noqa: PLC0415 (the same)
    from custodes_workbench.rounds.selectors import standstill_of  # noqa: PLC0415 (the same)

    row, by, time = _round_of(slug), _account(mail), _time(to)
    for each in plan_of_rollback(row, time).sentences():
        click.echo(each if dry_run else f"to be done: {each}")
    if dry_run:
        return
    standstill = standstill_of(row)
    with _refusals():
        done = ask_rollback(
            round_=row,
            to=time,
            because=reason,
            new_letters=reassign,
            by=by,
            version=standstill.version if standstill else 0,
        )
    page = f"/rounds/{row.slug}/standstill/"
    click.echo(
        f"Done. The draft incident note is at {page}"
        if done
        else f"Asked for. Another account confirms it at {page}"
    )


@click.command()
@click.argument("slug", metavar="ROUND")
@click.option("--reason", required=True, help="Why the round may go on.")
@click.option("--by", "mail", default="", help="Mail address of the account that acts.")
def thaw(slug: str, reason: str, mail: str) -> None:
    """Let a stopped ROUND go on; another account confirms it on the round's page."""
    _set_up()
    from custodes_workbench.rounds.selectors import standstill_of  # noqa: PLC0415 (after the set-up)
    from custodes_workbench.rounds.services import ask_to_thaw  # noqa: PLC0415 (the same)

    row, by = _round_of(slug), _account(mail)
    standstill = standstill_of(row)
    with _refusals():
        on = ask_to_thaw(
            round_=row, because=reason, by=by, version=standstill.version if standstill else 0
        )
    page = f"/rounds/{row.slug}/standstill/"
    click.echo("It goes on." if on else f"Asked for. Another account confirms it at {page}")


def _round_of(slug: str) -> Round:
    from custodes_workbench.rounds.models import Round  # noqa: PLC0415 (after the set-up)

    found = Round._default_manager.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Round._default_manager.order_by("slug").values_list("slug", flat=True))
        cure = f"name one of: {known}" if known else "there is none yet"
        raise InputError([Fault(message=f"there is no round at {slug!r}", cure=cure)])
    return found


def _account(mail: str) -> User | None:
    """The account that acts; the one there is where one person is alone; none for the server."""
    from custodes_workbench.people.selectors import acting, is_alone, with_accounts  # noqa: PLC0415 (after the set-up)

    if not mail and not is_alone():
        return None
    accounts = with_accounts()
    found = (accounts.filter(email__iexact=mail) if mail else accounts).first()
    if found is None:
        cure = "name the mail address that somebody signs in with"
        raise InputError([Fault(message=f"nobody has the account {mail!r}", cure=cure)])
    return acting(found)


def _time(text: str) -> dt.datetime:
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        cure = "write it as 2027-03-01T09:00+00:00"
        raise InputError([Fault(message=f"{text!r} is no time", cure=cure)]) from None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


@contextmanager
def _refusals() -> Iterator[None]:
    from custodes_workbench.access import Refused  # noqa: PLC0415 (start-up of the other commands stays fast)

    try:
        yield
    except Refused as refusal:
        cure = "ask somebody who may, or do first what it names"
        raise InputError([Fault(message=str(refusal), cure=cure)]) from None


def _set_up() -> None:
    place = "production" if os.environ.get("DATABASE_URL") else "laptop"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"custodes_workbench.settings.{place}")
    import django  # noqa: PLC0415 (start-up of the other commands stays fast)

    django.setup()


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            msg = f"port {port} is taken; name another one with --port"
            raise PrerequisiteError(msg) from None


def _require_safe_database() -> None:
    from django.core.management import CommandError, call_command  # noqa: PLC0415 (the same)

    try:
        call_command("check", databases=["default"], stdout=io.StringIO())
    except CommandError as error:
        raise PrerequisiteError(str(error)) from None


def _say_where(port: int, token: str) -> None:
    from custodes_workbench.people.selectors import is_alone, with_accounts  # noqa: PLC0415 (the same)

    begins = is_alone() or not with_accounts().exists()
    path = f"start/{token}/" if begins else ""
    once = " (this address works once)" if begins else ""
    click.echo(f"The workbench is at http://127.0.0.1:{port}/{path}{once}")
    click.echo("Stop it with Ctrl+C.", err=True)


def _serve(port: int) -> None:
    try:
        from gunicorn.app.base import BaseApplication  # noqa: PLC0415 (not on Windows)
    except ImportError:
        from django.core.management import call_command  # noqa: PLC0415 (the same)

        call_command("runserver", f"127.0.0.1:{port}", "--noreload", verbosity=0)
        return
    from custodes_workbench.wsgi import application  # noqa: PLC0415 (after the set-up)

    class Pages(BaseApplication):
        """The pages, served by threads of two processes on this machine."""

        def load_config(self) -> None:
            """Where and how it is served."""
            settings: dict[str, Any] = {
                "bind": f"127.0.0.1:{port}",
                "worker_class": "gthread",
                "workers": int(os.environ.get("CUSTODES_PROCESSES", _PROCESSES)),
                "keepalive": 75,
                "threads": 8,
                "loglevel": "warning",
                "timeout": 60,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            """What is served."""
            return application

    Pages().run()
