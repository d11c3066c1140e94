"""Where efforts are assessed: here, on this machine's processors, or on a dask cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, cast

from custodes.errors import PrerequisiteError

WORTH_A_POOL = 1_000_000
"""Efforts times worldviews times draws from which starting processes pays for itself."""


@contextmanager
def open_executor(
    scheduler: str | None = None, *, evaluations: int = WORTH_A_POOL
) -> Generator[Executor | None, None, None]:
    """An executor for `assess`, closed afterwards; none where the work is too small for one.

    Args:
        scheduler: Address of a dask scheduler, such as `tcp://host:8786`; none is this machine.
        evaluations: Efforts times worldviews times draws.

    Raises:
        PrerequisiteError: A scheduler is named and the extra `cluster` is missing, or nobody
            answers at its address.
    """
    if scheduler is not None:
        with _cluster(scheduler) as executor:
            yield executor
        return
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if processors < 2 or evaluations < WORTH_A_POOL:  # noqa: PLR2004 (one processor is this one)
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=processors, mp_context=context) as pool:
        yield pool


@contextmanager
def _cluster(address: str) -> Generator[Executor, None, None]:
    try:
        from distributed import Client  # noqa: PLC0415 (an extra that may be missing)
    except ModuleNotFoundError as error:
        msg = "--scheduler needs dask; install custodes[cluster]"
        raise PrerequisiteError(msg) from error
    try:
        # dask states no types
        client = cast("Callable[..., Any]", Client)(address, timeout="5s")
    except (OSError, ValueError) as error:
        msg = f"no dask scheduler answers at {address}; start one with `dask scheduler`"
        raise PrerequisiteError(msg) from error
    with client:
        yield client.get_executor()
