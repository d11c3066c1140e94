import pytest

from custodes.assessment import assess, open_executor
from custodes.errors import PrerequisiteError
from round_records import a_round, an_effort


def some_round():
    return a_round(*(an_effort(f"e{number}") for number in range(10)), samples=64)


def test_a_dask_cluster_gives_the_same_bits():
    distributed = pytest.importorskip(
        "distributed", reason="install custodes[cluster] to test a real local cluster"
    )
    round_ = some_round()

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        open_executor(cluster.scheduler_address) as executor,
    ):
        found = assess(round_, executor=executor)

    assert found.record == assess(round_).record


def test_a_pool_of_this_machine_gives_the_same_bits():
    round_ = some_round()

    with open_executor() as executor:
        found = assess(round_, executor=executor)

    assert found.record == assess(round_).record


def test_small_work_starts_no_pool():
    with open_executor(evaluations=1) as executor:
        assert executor is None


def test_nobody_at_the_address_is_a_sentence():
    pytest.importorskip("distributed", reason="install custodes[cluster]")

    with (
        pytest.raises(PrerequisiteError, match="no dask scheduler answers at"),
        open_executor("tcp://127.0.0.1:1"),
    ):
        pass
