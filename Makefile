# Needs Python 3.11 and make, nothing else. PIP_FIND_LINKS and the like are honored; the lock names no index.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
DEMO_DATABASE := outputs/demo.duckdb
UV ?= uv
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install demo test chromium bench lint types contracts lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## Make .venv with the command in it

# The stamp is written last, so that a broken installation is done again. The lock is complete, so nothing is resolved;
# byte code is written when a module is first imported, which halves the time that this takes.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Python 3.11 is needed, and $(PYTHON) is not it. Try: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: install ## Ingest corpus/ and print some facts with their sentences
	@rm -f $(DEMO_DATABASE)
	@$(BIN)/factledger ingest corpus --database $(DEMO_DATABASE)
	@$(BIN)/factledger query --database $(DEMO_DATABASE) \
		"SELECT measure, value, unit, period_start, period_end, sentence FROM money \
		 WHERE unit = 'CNY' AND value >= 1e12 AND role = 'level' AND length(sentence) < 160 ORDER BY period_end, value DESC LIMIT 8"
	@echo "Try next:"
	@echo "  $(BIN)/factledger facts --database $(DEMO_DATABASE) --measure exports"
	@echo "  $(BIN)/factledger show c01_harbourline_wire.txt --database $(DEMO_DATABASE)"
	@echo "  $(BIN)/factledger query --database $(DEMO_DATABASE) \"SELECT source, count(*) AS figures FROM facts_with_source GROUP BY source\""

# Workers take whole files of tests, long ones first (tests/conftest.py).
test: install chromium lint types contracts ## Lint, types, import contracts, all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Debian's own, since a browser of Playwright's would be downloaded past the package registry. Where it cannot be installed the
# tests that need it are skipped, and say so.
CHROMIUM := command -v chromium || command -v chromium-browser || command -v google-chrome
APT := timeout 600 apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30
chromium: ## A browser for the tests of the pages, where this is root and has apt
	@($(CHROMIUM)) >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& echo "Installing Chromium for the tests of the pages" && $(APT) update >/dev/null \
		&& DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends chromium >/dev/null 2>&1; } || true
	@($(CHROMIUM)) >/dev/null || echo "There is no Chromium, and it cannot be installed here: the tests that need a browser are skipped." >&2

bench: install ## Speed beside plain nlp.pipe of the same model, measured in one run
	@$(BIN)/factledger bench corpus --articles 20000 --history tests/benchmarks/history.jsonl

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: install
	@$(BIN)/mypy

contracts: install
	@$(BIN)/lint-imports

# Hashes of every file of every version, for all platforms, and no index: the installer's own configuration names that.
lock: ## Write requirements.lock anew (needs uv)
	env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(UV) pip compile pyproject.toml --extra dev --python-version 3.11 --universal \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

clean: ## Remove the environment and caches, not the outputs
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
