# Everything one types. `make help` lists it; README.md says what to click first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export UV_PYTHON_DOWNLOADS := never
export PYTHONUTF8 := 1
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
UV := .uv/bin/uv
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# $(call need,command or file,Debian package,what it is for): installed when root with apt, else one sentence.
define need
if ! command -v $(1) >/dev/null 2>&1; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
    echo "Installing $(2) ($(3))…"; \
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2) </dev/null; } >var/apt.log 2>&1 \
      || { tail -n 5 var/apt.log; echo "Please install $(2) ($(3)): apt could not (see var/apt.log)."; exit 1; }; \
  else echo "Please install $(2) ($(3)), for example: sudo apt-get install $(2)"; exit 1; fi; fi
endef

.PHONY: help demo run test test-fast check bench shots messages lock setup system clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What is written in mails and on the screen names the port that is really served.
demo run: export SITE_URL ?= http://localhost:$(PORT)

demo: setup ## Install, build the invented territory, serve it and say who to log in as
	@$(BIN)/essor prepare
	@$(BIN)/essor demo build
	@$(BIN)/essor serve --port $(PORT)

run: setup ## Serve with reloading, for development (no demo is built)
	@$(BIN)/essor prepare
	@DEBUG=1 $(BIN)/essor manage runserver $(PORT)

test: setup system ## Everything: lint, types, contracts, catalogue, tests on SQLite and PostgreSQL, browser
	@$(BIN)/python -m tests.run_all

test-fast: setup ## The tests on SQLite only, without the browser
	@$(BIN)/python -m pytest -q -m "not browser and not slow" --ignore=tests/browser

check: setup ## Lint, types, contracts, migrations and catalogue only
	@$(BIN)/python -m tests.run_all --only checks --keep-going

bench: setup ## Every benchmark, each against a peer
	@$(UV) pip install -q --python $(VENV) -r requirements/bench.lock
	@for name in synthesis matching opinion_map allocation imports pages; do echo "— benchmarks/$$name.py"; $(BIN)/python benchmarks/$$name.py; done

shots: setup ## Pictures for the documentation, from the demo running beside it
	@$(call need,chromium,chromium,takes the pictures)
	@$(BIN)/essor shots --site http://localhost:$(PORT)

messages: setup ## Gather the texts to translate, and write the French catalogue
	@$(call need,xgettext,gettext,gathers the texts to translate)
	@$(BIN)/python -m essor.console.messages gather

lock: $(UV) ## Lock the dependencies again, with their hashes
	@for name in uv base dev geo bench; do \
	  if [ -f requirements/$$name.in ]; then $(COMPILE) $$([ $$name != geo ] || echo --no-deps) $(LOCK_ARGS) requirements/$$name.in -o requirements/$$name.lock; echo "requirements/$$name.lock"; fi; done

clean: ## Remove what is installed here (not the data in var/)
	rm -rf $(VENV) .uv node_modules essor/web/static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- Setting up: each stamp is made again only when what it depends on has changed ---------------

setup: var $(VENV)/.stamp $(VENV)/.assets $(VENV)/.messages ## Install everything into this folder, and build nothing

var:
	@mkdir -p var

$(UV): requirements/uv.lock | var
	@found=""; for each in "$${PYTHON:-}" python3.11 python3 python; do \
	  if [ -n "$$each" ] && "$$each" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; then found="$$each"; break; fi; done; \
	if [ -z "$$found" ]; then echo "Essor needs Python 3.11: install it (for example: sudo apt-get install python3.11-venv), or say where it is with PYTHON=/path/to/python3.11."; exit 1; fi; \
	if ! "$$found" -c 'import ensurepip' >/dev/null 2>&1; then $(call need,no-ensurepip,python3.11-venv,makes the environment); fi; \
	echo "Making the environment with $$("$$found" --version)…"; \
	"$$found" -m venv --clear .uv && .uv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.lock; \
	touch $(UV)

# `sync` removes what the lock does not name: the data packages and the command are put back after it.
$(VENV)/.stamp: requirements/dev.lock $(wildcard requirements/geo.lock) | $(UV)
	@if [ ! -x $(BIN)/python ]; then echo "Installing the packages (less than a minute on a good line; the next time it is done)…"; \
	  $(UV) venv -q --python .uv/bin/python $(VENV); fi
	@$(UV) pip sync -q --python $(VENV) requirements/dev.lock
	@if [ -f requirements/geo.lock ]; then $(UV) pip install -q --no-deps --python $(VENV) -r requirements/geo.lock; fi
	@root="$$(pwd)"; printf '%s\n' "$$root" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/essor.pth"; \
	printf '#!%s\nimport sys\n\nfrom essor.console.__main__ import main\n\nsys.exit(main())\n' "$$root/$(BIN)/python" > $(BIN)/essor; chmod +x $(BIN)/essor
	@touch $@

node_modules/.stamp: $(wildcard package.json package-lock.json .npmrc) | var
	@$(call need,npm,npm,brings the fonts)
	@npm ci --ignore-scripts --silent --no-audit --no-fund && touch $@

$(VENV)/.assets: $(VENV)/.stamp node_modules/.stamp essor/console/assets.py
	@$(BIN)/python -m essor.console.assets && touch $@

$(VENV)/.messages: $(VENV)/.stamp essor/console/messages.py $(wildcard essor/locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m essor.console.messages compile && touch $@

# What only the tests need from the system. The browser tests never skip in CI, so it is installed before.
system: | var
	@$(call need,$${ESSOR_CHROMIUM:-/usr/bin/chromium},chromium,drives the browser tests)
	@$(call need,xgettext,gettext,checks the catalogue)
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then $(call need,initdb,postgresql,the tests also run on it); fi
