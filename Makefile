# The two commands of the README are `make demo` and `make test`; .ci/run calls the others too.
# Each makes .venv where there is none. Needs Python 3.11 or later and nothing else.

PYTHON ?= python3
WORKERS ?= auto
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
LOCALE := kvaljury/locale

.PHONY: demo test coverage lint types catalogues clean

demo: .venv/installed
	$(BIN)/kvaljury rank examples/demo-2025

test: .venv/developed
	$(BIN)/pytest --numprocesses $(WORKERS) --maxprocesses 4 $(ARGS)

coverage: .venv/developed
	$(BIN)/coverage run -m pytest $(ARGS)
	$(BIN)/coverage report --include 'kvaljury/core/*,kvaljury/files/*' --fail-under 100
	$(BIN)/coverage report --fail-under 95

lint: .venv/developed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/developed
	$(BIN)/mypy

# After a change of text: extract, write the Swedish into kvaljury.po, and run it again.
catalogues: .venv/developed
	mkdir -p build
	$(BIN)/pybabel --quiet extract --no-default-keywords --keyword Text:1 --no-location \
	  --sort-output --output-file build/kvaljury.pot kvaljury
	$(BIN)/pybabel --quiet update --domain kvaljury --locale sv --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date \
	  --input-file build/kvaljury.pot --output-dir $(LOCALE)
	$(BIN)/pybabel compile --statistics --domain kvaljury --directory $(LOCALE)
	$(BIN)/pybabel compile --statistics --domain messages --directory $(LOCALE)

clean:
	rm -rf .venv build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("kvaljury needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# Dependency groups need a newer pip than Python 3.11 brings.
.venv/developed: .venv/installed
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group dev
	touch $@
