# `make demo` reads the example agreement, `make test` runs the tests; both first set up .venv, once.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
EXAMPLE := examples/ange-2025-2028
OLDER := examples/ange-2021-2024

.PHONY: demo test unit slow check docs schema reference notices example pictures clean

demo: .venv/ready
	@mkdir -p build/demo
	$(BIN)/samsyn extract $(EXAMPLE).pdf --format text
	$(BIN)/samsyn extract $(EXAMPLE).docx -o build/demo/ange.md
	$(BIN)/samsyn extract $(OLDER).pdf $(EXAMPLE).docx -o build/demo/ange.xlsx
	$(BIN)/samsyn diff $(OLDER).docx $(EXAMPLE).pdf --no-exit-code -o build/demo/ange.html
	@echo "Read above: $(EXAMPLE).pdf. Also written, in build/demo: ange.md (from the Word file), ange.xlsx (two"
	@echo "agreements), ange.html (the two compared; open it in a browser). To go on: . .venv/bin/activate, docs/start.md"

test: unit slow

unit: .venv/ready-dev
	$(BIN)/python -m pytest -n auto -rs -m "not slow"

# What takes long: scans, browsers, processes that are killed.
slow: .venv/ready-dev
	$(BIN)/python -m pytest -n auto -rs -m slow

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The documentation as a site, in build/site; it fetches nothing from elsewhere.
docs: .venv/ready-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/python -m tools.site_check build/site

# What is made from the code and committed: the published JSON Schema, the reference pages, the example agreements,
# the pictures of the documentation (these need Chromium and LibreOffice).
schema: .venv/ready-dev
	$(BIN)/samsyn schema > docs/agreement.schema.json

reference: .venv/ready-dev
	$(BIN)/python -m tools.reference

notices: .venv/ready-dev
	$(BIN)/python -m tools.notices

pictures: .venv/ready-dev
	$(BIN)/python -m tools.pictures

example: .venv/ready-dev
	$(BIN)/python examples/make_example.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "samsyn needs Python 3.11 or later; none was found" >&2; exit 1; }
	@echo "Setting up .venv ..."
	@$(PYTHON) -m venv .venv
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable .
	@touch $@

.venv/ready-dev: .venv/ready
	@echo "Adding the development tools ..."
	@$(PIP) install --group dev
	@touch $@
