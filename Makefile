# make graph   the seed articles become a graph in space/        make test   everything that must hold
# make notebooks   the notebooks are run, and written with their pictures        make tour   pictures of the pages
# make interop   exports, read back by the tools that they are for
# make front   kg/web/static from its sources; needs Node.js 20 or newer and its package registry
# Needs Python 3.11 or newer and a package index; `make PYTHON=/path/to/python` chooses the interpreter.

CHECK := import sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c '$(CHECK)' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: graph test notebooks tour interop front clean
.DELETE_ON_ERROR:

graph: .venv/installed
	$(BIN)/kg build seeds -o space
	$(BIN)/kg export space -o space/graph.ttl
	@echo
	@echo "space/graph.ttl holds the facts as Turtle. To try next:"
	@echo "  $(BIN)/kg why space 'Klim Schipenko'"
	@echo "  $(BIN)/kg query space 'SELECT ?name WHERE { ?person a schema:Person ; rdfs:label ?name } ORDER BY ?name'"
	@echo "  $(BIN)/kg build your/articles -o your-space"

test: .venv/installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict kg
	$(BIN)/pytest -q

notebooks: .venv/installed-for-tests
	$(BIN)/python tests/notebooks/execute.py

# Screenshots of the real pages, for the README: needs a Chromium, and the built front end.
tour: .venv/installed-for-tests
	$(BIN)/python tests/browser/tour.py

# FollowTheMoney's own library, a database that speaks Cypher and a parser of Neo4j's: exports are read back by them.
interop: .venv/installed-for-interop
	$(BIN)/pytest -q tests/interop

# No package's own install script runs: esbuild's program comes as a package too.
front:
	@command -v npm >/dev/null || { echo "no npm found: install Node.js 20 or newer" >&2; exit 1; }
	cd kg/web/front && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build && npm run --silent test

.venv/made:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer found; name one: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'  # the first that knows --group
	@touch $@

.venv/installed: .venv/made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-for-tests: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

.venv/installed-for-interop: .venv/installed-for-tests
	@{ pkg-config --exists icu-i18n && command -v g++ >/dev/null; } 2>/dev/null || { \
		echo "FollowTheMoney needs PyICU, which is compiled here: install pkg-config, g++ and ICU's headers" >&2; \
		echo "(Debian, Ubuntu: apt-get install pkg-config g++ libicu-dev), then run make interop again." >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --group interop
	@touch $@

clean:
	rm -rf .venv space dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
