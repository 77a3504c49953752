# The commands of the README, and a few more. Each one sets up what it needs in .venv; only the tests may fetch
# something for the whole machine: a browser, where there is none.
PORT ?= 8000
ADDRESS ?=
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve build test check mutations bench bench-search clean

serve: .venv/.run
	$(BIN)/python build.py serve --port $(PORT)

build: .venv/.run
	$(BIN)/python build.py build $(if $(ADDRESS),--address $(ADDRESS))

check: .venv/.run
	$(BIN)/python build.py check

test: .venv/.test
	$(BIN)/python build.py check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.firefox
	$(BIN)/pytest -q --numprocesses=3

# Slow, and for who changes the worker: does every guard have a test that notices when it is gone?
mutations: .venv/.test
	$(BIN)/python -m tests.mutations

bench: .venv/.test
	$(BIN)/python -m bench.wire

bench-search: .venv/.test
	$(BIN)/python -m bench.search

clean:
	rm -rf .venv dist

# The versions are locked with their hashes, so every machine gets the same ones.
.venv/.run: requirements/run.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	touch $@

.venv/.test: .venv/.run requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@
