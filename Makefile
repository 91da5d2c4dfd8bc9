# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench

.PHONY: run env test thorough check lint types pins bench-understanding bench-content bench-pages chaos handbook clean

# Where byte code may not be kept, every process that a test starts compiles the program anew.
test thorough: export PYTHONDONTWRITEBYTECODE :=

run: $(RUNTIME)
	@echo "Loa: đang khởi động …"
	@exec $(BIN)/python -m bot run

env: $(RUNTIME)

test: $(DEV)
	$(BIN)/python -m pytest -n auto --dist worksteal

# What the suite tries in a shorter form: pages of the office on PostgreSQL too, each area's pages in every look.
thorough: $(DEV)
	$(BIN)/python -m pytest -n auto --dist worksteal -m thorough

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m bot check

pins:
	uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --extra dev --extra install pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --extra install -c requirements-dev.lock pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock

# EVAL=folder: question files to measure on; SEED=number; ARGS=--help: what else there is to choose.
bench-understanding: $(BENCH)
	EVAL="$(EVAL)" $(BIN)/python -m bench.understanding --seed $(or $(SEED),1) $(ARGS)

bench-content: $(BENCH)
	$(BIN)/python -m bench.content --seed $(or $(SEED),1) $(ARGS)

bench-pages: $(BENCH)
	$(BIN)/python -m bench.pages --seed $(or $(SEED),1) $(ARGS)

chaos: $(DEV)
	$(BIN)/python -m bench.chaos

# Goes through the tasks of docs/can-bo.md in Chromium and takes their pictures.
handbook: $(DEV)
	$(BIN)/python -m tests.browser.handbook

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Loa needs Python 3.11 or newer; this is $$($(PYTHON) --version 2>&1)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "python3-venv is missing; run: sudo apt-get install python3-venv"; exit 1; }
	@echo "Loa: making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Loa: installing what it needs from requirements.lock …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(BENCH): requirements-bench.lock $(DEV)
	@echo "Loa: installing what the measurements compare with from requirements-bench.lock …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-bench.lock
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Loa: installing what the tests need from requirements-dev.lock …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@
