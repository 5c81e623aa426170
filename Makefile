# `make demo` reads the example agreement, `make test` runs the tests; both first set up .venv, once.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: demo test check schema example clean

demo: .venv/ready
	$(BIN)/samsyn extract examples/overenskommelse-2025-2028.pdf --format text
	$(BIN)/samsyn extract examples/overenskommelse-2025-2028.docx --format markdown -o build/demo/overenskommelse.md
	$(BIN)/samsyn extract examples/overenskommelse-2025-2028.* --format xlsx -o build/demo/overenskommelse.xlsx
	@echo "Also written: build/demo/overenskommelse.md (from the Word file) and .xlsx (from both)"

test: .venv/ready-dev
	$(BIN)/python -m pytest -n auto

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What is generated from the code and committed: the published JSON Schema, the example agreement.
schema: .venv/ready-dev
	$(BIN)/samsyn schema > docs/agreement.schema.json

example: .venv/ready-dev
	$(BIN)/python examples/make_example.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache

.venv/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "samsyn needs Python 3.11 or later; none was found" >&2; exit 1; }
	@echo "Setting up .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/ready-dev: .venv/ready
	@echo "Adding the development tools ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@
