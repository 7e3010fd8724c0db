# Every target sets up what it needs; Python 3.11+, git and make are enough to start.
#   make serve   the dashboard on the shipped data, http://127.0.0.1:8050
#   make test    everything that proves behaviour, the browser tests included
PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8050
BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(PY) -m uv --quiet

.DEFAULT_GOAL := help
.PHONY: help install install-dev browser serve build refresh check test test-slow bench lint format lock screenshots clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

# -- set-up ---------------------------------------------------------------------------------------------
# Each stamp is newer than the lock file it was installed from: a second call does nothing.
$(VENV)/.bootstrap: requirements/bootstrap.lock scripts/make_venv.sh
	@sh scripts/make_venv.sh "$(PYTHON)" "$(VENV)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@touch $@

$(VENV)/.run: $(VENV)/.bootstrap requirements/run.lock pyproject.toml
	@echo "Installing the locked set into $(VENV) ..."
	@$(UV) pip install --python $(PY) --no-deps --require-hashes -r requirements/run.lock
	@$(UV) pip install --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@$(UV) pip install --python $(PY) --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.lock
	@$(UV) pip install --python $(PY) --no-deps --require-hashes -r requirements/bench.lock
	@touch $@

install: $(VENV)/.run ## make the virtual environment with the locked set
install-dev: $(VENV)/.dev ## ... and what tests and checks need

browser: $(VENV)/.dev ## find or install Chromium for the browser tests
	@sh scripts/ensure_chromium.sh $(PY)

# -- use ------------------------------------------------------------------------------------------------
serve: $(VENV)/.run ## open the dashboard on the shipped data
	@$(PY) -m dashboard --host $(HOST) --port $(PORT) --open

build: $(VENV)/.run ## read the ledger and publish a release (nothing new = nothing written)
	@$(PY) -m etl build

refresh: $(VENV)/.run ## ask the sources of data/sources.toml, read what is new, publish (docs/operations.md)
	@$(PY) -m etl refresh

check: $(VENV)/.run ## check inputs and the current release without publishing
	@$(PY) -m etl check

# -- proof ----------------------------------------------------------------------------------------------
# Tests start hundreds of processes: where Python is told to keep no compiled code, each compiles its libraries anew.
TESTS := env -u PYTHONDONTWRITEBYTECODE $(PY) -m pytest
test: $(VENV)/.dev browser ## run every test; branch coverage must reach 90 %
	@$(TESTS) -n 2 --dist loadfile -m "not slow" --cov --cov-report=term:skip-covered --cov-fail-under=90

test-slow: $(VENV)/.dev browser ## the tests that take long
	@$(TESTS) -m slow --timeout 0

bench: $(VENV)/.bench browser ## measure every figure that has a limit; non-zero when one is broken
	@$(PY) -m benchmarks

lint: $(VENV)/.dev ## formatting, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into the project's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(VENV)/.bootstrap ## re-compile the lock files from pyproject.toml
	@sh scripts/lock.sh "$(UV)"

screenshots: $(VENV)/.dev browser ## take the pictures of docs/images again
	@$(PY) docs/screenshots.py

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
