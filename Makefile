# The workshop. `make demo` and `make test` each do all the set-up they need; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Settings: make run CONFIG=other.toml · make test BASE_PYTHON=/path/to/python3.13 · make lock UPGRADE=--upgrade
CONFIG ?= config.toml
BASE_PYTHON ?=
UPGRADE ?=

VENV    := .venv
PYTHON  := $(VENV)/bin/python
INSTALL := $(PYTHON) -m pip install --quiet --progress-bar off --disable-pip-version-check

# Two stamps: what the monitor needs to run, and what its developers need on top. Each is made again when its list changes.
RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev

.PHONY: help demo test torture run check style bench bench-promises golden lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME)  ## a recorded week, offline: polls, finds, compares, and writes the digests
	@$(PYTHON) -m monitor demo

test: style  ## everything that must hold: style, types, laws and every test
	@$(PYTHON) -m pytest -rs

torture: $(DEV)  ## the long campaigns: kills, cuts, faults; minutes, not seconds
	@$(PYTHON) -m pytest -m torture -rs -s

run: $(RUNTIME)  ## one live cycle with config.toml: poll, resolve, match, digest, deliver
	@$(PYTHON) -m monitor --config $(CONFIG) run --once

check: style  ## style, types and the laws of the house; no other tests
	@$(PYTHON) -m pytest tests/test_architecture.py

style: $(DEV)
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --check --quiet .
	@$(PYTHON) -m mypy

bench-promises: $(DEV)  ## how well promised documents are found and settled, by the labelled corpus beside the checkout
	@$(PYTHON) -m benchmarks.promises

bench: $(DEV)  ## every measurement in benchmarks/
	@for measurement in benchmarks/[a-z]*.py; do \
	  echo "== $$measurement"; $(PYTHON) -m "benchmarks.$$(basename "$$measurement" .py)"; done

golden: $(DEV)  ## write the golden files anew; read their diff before you commit it
	@$(PYTHON) -m tests.sources.golden
	@$(PYTHON) -m pytest --update-golden
	@git status --short -- tests

LOCK := $(PYTHON) -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --build-deps-for editable

lock: $(DEV)  ## resolve pyproject.toml into the two lists of pinned, hashed packages
	@$(PYTHON) -c 'import sys; sys.version_info[:2] == (3, 11) or sys.exit("make lock: use Python 3.11, the oldest we support")'
	@$(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	@$(LOCK) $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	@for list in requirements.txt requirements-dev.txt; do \
	  pins="$$(grep -Ev '^(#|--|$$)' "$$list")"; \
	  printf '# Made by `make lock` from pyproject.toml; not edited by hand.\n%s\n' "$$pins" > "$$list"; done

clean:  ## remove what was made here, the virtual environment too; never a database
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Prints the first interpreter that will do. It is asked, not guessed by name: a name may stand for something older, or
# lack the parts of the standard library that Debian packs apart.
CANDIDATES := $(or $(BASE_PYTHON),python3.11 python3.12 python3.13 python3.14 python3 python)
define FIND_PYTHON
for python in $(CANDIDATES); do \
  if "$$python" -c 'import ensurepip, sqlite3, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
    echo "$$python"; exit; fi; \
done; \
echo "No Python 3.11 or newer with its venv module was found (tried: $(CANDIDATES))." >&2; \
echo "Install one (Debian, Ubuntu: apt install python3 python3-venv) or name it: make test BASE_PYTHON=/path/to/python3" >&2; \
exit 1
endef

$(RUNTIME): requirements.txt pyproject.toml
	@if ! $(PYTHON) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  base="$$($(FIND_PYTHON))"; echo "setting up $(VENV) with $$("$$base" --version)"; "$$base" -m venv --clear $(VENV); fi
	@echo "installing what the monitor needs"
	@$(INSTALL) --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "installing what its developers need"
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@
