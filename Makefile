# Clarion. `make` alone lists what it can do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help install up test test-postgres coverage bench lint docs plain-docs messages lock release clean

help: ## List what make can do
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv:
	$(PYTHON) -c 'import sys; sys.exit("Clarion needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(RUN): $(BIN)/uv requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $(RUN)

$(DEV): $(RUN) requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $(DEV)

install: $(RUN) ## Install Clarion into .venv
	@echo "Installed. Open the desk with: make up   Or use: $(BIN)/clarion --help"

up: $(RUN) ## Install if needed and open the desk
	$(BIN)/clarion up

test: $(DEV) ## Run the whole test suite
	$(BIN)/python -m pytest -n auto

# Every folder whose tests touch the database; those that do not exist yet are left out.
ON_DATABASE := tests/access tests/screening/room tests/attacks tests/release/store tests/seal/store tests/outbox tests/desk tests/call tests/demo $(addprefix tests/spillover/,api service web)

test-postgres: $(DEV) ## Run the tests that touch the database on a PostgreSQL of their own
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest -n auto $(wildcard $(ON_DATABASE))

coverage: $(DEV) ## Run the suite with line coverage, processes that it starts included
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench: $(DEV) ## Print the figures behind every claim of speed and accuracy
	@for file in benchmarks/*.py; do echo; echo "== $$file"; $(BIN)/python $$file || exit 1; done

lint: $(DEV) ## Check style, types and the walls between rooms
	$(BIN)/ruff format --check src tests tools benchmarks docs
	$(BIN)/ruff check src tests tools benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

plain-docs: $(DEV) ## Write into the pages what the handbook draws, for readers of plain files
	$(BIN)/python tools/plain_docs.py

docs: $(DEV) ## Build the documentation into docs/_build
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

messages: $(DEV) ## Gather texts to translate and compile the translations
	$(BIN)/python tools/messages.py

lock: $(BIN)/uv ## Pin the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --exclude-newer "$$($(PYTHON) -c 'import datetime as d; print(d.date.today() - d.timedelta(7))')" \
	  --extra web --extra postgres pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --exclude-newer "$$($(PYTHON) -c 'import datetime as d; print(d.date.today() - d.timedelta(7))')" \
	  --extra web --extra postgres --extra spark --group test --group lint --group docs --group release pyproject.toml -o requirements/dev.txt

release: $(DEV) ## Build wheel and source archive with checksums, bill of materials and signature
	$(BIN)/python tools/release.py

clean: ## Remove what was built, not the data folder
	rm -rf $(VENV) dist build docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
