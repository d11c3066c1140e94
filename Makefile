# Everything here works on a machine that has Python 3.11 or newer and make.
# Each target sets up what it needs in .venv and says what it does with `make help`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
CORES  ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo workbench test test-postgresql test-long compare-inspect check style imports types migrations alone smells docs bench format clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- environments: one .venv, grown on demand ------------------------------------------------

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "This Python lacks venv: on Debian or Ubuntu, apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/report: pyproject.toml constraints.txt | $(VENV)/made
	$(PIP) --editable '.[report,excel]'
	@touch $@

$(VENV)/workbench: pyproject.toml constraints.txt | $(VENV)/made
	$(PIP) --editable '.[workbench]'
	@touch $@

$(VENV)/dev: pyproject.toml constraints.txt | $(VENV)/made
	$(PIP) --editable '.[dev]'
	@touch $@

$(VENV)/docs: pyproject.toml constraints.txt | $(VENV)/made
	$(PIP) --editable '.[docs]'
	@touch $@

$(VENV)/bench: pyproject.toml constraints.txt | $(VENV)/made
	$(PIP) --editable '.[dev,bench]'
	@touch $@

# --- what people do ---------------------------------------------------------------------------

demo: $(VENV)/report  ## the main job on the example round, into demo-round/
	$(BIN)/custodes demo demo-round

workbench: $(VENV)/workbench  ## the multi-user workbench on this machine
	$(BIN)/custodes workbench

test: $(VENV)/dev  ## the whole suite (under 10 minutes on 2 cores), data code on PostgreSQL too
	$(BIN)/python -m pytest -n $(CORES) $(ARGS)
	@if url=$$($(BIN)/python tools/find_postgresql.py); then $(MAKE) --no-print-directory test-postgresql DATABASE_URL=$$url; fi

test-postgresql: $(VENV)/dev  ## the workbench's tests on the server of DATABASE_URL
	DATABASE_URL=$(DATABASE_URL) $(BIN)/python -m pytest -n $(CORES) $(ARGS) tests/custodes_workbench tests/leaks tests/journeys/workbench

test-long: $(VENV)/dev  ## what takes longer: fuzzing, kills, power loss
	$(BIN)/python -m pytest -n $(CORES) -m long $(ARGS)

compare-inspect: $(VENV)-inspect/made  ## our reader of audit logs beside Inspect itself, 470 MB to install
	$(VENV)-inspect/bin/python tools/compare_with_inspect.py ../shared/data/evidence/inspect

$(VENV)-inspect/made: pyproject.toml
	@$(PYTHON) -m venv $(VENV)-inspect
	$(VENV)-inspect/bin/pip install --quiet --editable '.[evidence]' 'inspect_ai==0.3.285'
	@touch $@

check: style imports types migrations  ## written, layered and typed as we agreed

style: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

imports: $(VENV)/dev
	PYTHONPATH=src $(BIN)/lint-imports

types: $(VENV)/dev
	$(BIN)/mypy
	$(BIN)/basedpyright --warnings

migrations: $(VENV)/dev
	$(BIN)/python -m django makemigrations --check --dry-run --settings custodes_workbench.settings.test

alone: $(VENV)/made  ## the library in a clean environment, without Django
	rm -rf $(VENV)/alone && $(PYTHON) -m venv $(VENV)/alone
	$(VENV)/alone/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt .
	$(VENV)/alone/bin/python tools/import_everything.py

smells: $(VENV)/made  ## long files and functions, longest first; never fails
	@$(BIN)/python tools/smells.py

docs: $(VENV)/docs  ## the documentation, into docs/_build/
	$(BIN)/python -m sphinx --nitpicky --fail-on-warning --fresh-env --write-all --quiet docs docs/_build

bench: $(VENV)/bench  ## ratios against the alternatives, in one run
	@for topic in benchmarks/bench_*.py; do $(BIN)/python $$topic || exit; done

format: $(VENV)/dev  ## rewrite what can be rewritten
	$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .

clean:  ## remove what these targets made
	rm -rf $(VENV) docs/_build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
