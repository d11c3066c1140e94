"""The commands that need the workbench; ``custodes.cli`` names them as text."""

from __future__ import annotations

import os
import uuid

import click


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
def workbench(port: int) -> None:
    """Run the workbench on this machine.

    Without DATABASE_URL it keeps its data in SQLite, in your own data folder, and prints an
    address that signs you in.
    """
    token = str(uuid.uuid4())
    os.environ["CUSTODES_START_TOKEN"] = token
    on_laptop = not os.environ.get("DATABASE_URL")
    place = "laptop" if on_laptop else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"custodes_workbench.settings.{place}")

    import django  # noqa: PLC0415 (start-up of the other commands stays fast)
    from django.core.management import call_command  # noqa: PLC0415 (the same)

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("check", databases=["default"])
    click.echo(f"Open http://127.0.0.1:{port}/start/{token}/ to begin. Stop with Ctrl+C.")
    call_command("runserver", f"127.0.0.1:{port}", "--noreload", verbosity=0)
