# Gongkai's tasks. `make` lists them; `make PYTHON=python3.13 test` chooses the interpreter.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
STATIC := api/pages/static/fingerprint
SOURCES := api schema loaders tests
WORKERS ?= 3

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench static schema clean
.DELETE_ON_ERROR:

help: ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

run: $(VENV)/.run $(STATIC) ## install, load the samples, serve GraphiQL and print its address
	$(BIN)/gongkai demo

test: $(VENV)/.test $(STATIC) lint ## install, then run the linters and every test
	$(BIN)/pytest -n $(WORKERS) --dist worksteal  # by halves, so that what a module sets up is made once

lint: $(VENV)/.test ## check style, format, types, dead code and the order of rooms
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check --quiet $(SOURCES)
	$(BIN)/mypy --explicit-package-bases $(SOURCES)
	$(BIN)/vulture
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.test ## rewrite the code in the common format
	$(BIN)/ruff check --fix-only --quiet $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: $(VENV)/.test ## measure queries against the plainest servers; prints a Markdown table
	$(BIN)/python -m tests.bench

static: $(STATIC) ## install GraphiQL's files from their lock file

schema: $(VENV)/.run ## write schema/schema.graphql anew
	$(BIN)/gongkai schema --write

clean: ## remove what the other tasks made, but no data
	rm -rf $(VENV) api/pages/static build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the tasks need; a stamp stands for an install, so that the next call is quick ---

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Gongkai needs Python 3.11 or later, but '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)"; \
	  echo "Name another with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[embedded]'
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[embedded,test]'
	@touch $(VENV)/.run $@

$(STATIC): api/pages/install.py api/pages/package.json api/pages/package-lock.json | $(BIN)/python
	$(BIN)/python api/pages/install.py
	@touch $@
