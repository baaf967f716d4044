# Each command sets up what it needs on a fresh machine: Python 3.11 or later and make are enough. Node is used when it is there, and comes
# from PyPI when it is not.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
WORDS := $(wildcard translations/*/LC_MESSAGES/*.po)
LOCK := uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
SCRIPTS := $(shell find static/js -name '*.js')

.PHONY: help setup run demo test slow check bench engines pictures words wheel bill update audit clean
help:  ## list these commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(BIN)/porchlight static/app/classics.json words  ## install what serving needs, and compile the Spanish
	@$(BIN)/porchlight content compile

run: setup  ## serve on http://127.0.0.1:8000 (PORT, HOST and WORKERS change it)
	@exec $(BIN)/porchlight serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

demo: setup  ## serve an invented organisation with invented places, to look at
	@mkdir -p build/sample
	@$(BIN)/python -m tests.sample.make_list > build/list.csv
	@PORCHLIGHT_FILE=tests/sample/settings.toml $(BIN)/porchlight places import build/list.csv --write --checked-by MR --second JT | tail -1
	@PORCHLIGHT_FILE=tests/sample/settings.toml PORCHLIGHT_ADDRESS=http://$(HOST):$(PORT) exec $(BIN)/porchlight serve --host $(HOST) --port $(PORT)

test: setup $(VENV)/dev.stamp  ## run all tests, in a real browser too
	@bash tests/browser/install.sh
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

slow: setup $(VENV)/dev.stamp  ## run the tests that look at everything, do the same many times, or build; CI runs them once
	@bash tests/browser/install.sh
	$(BIN)/python -m pytest -m slow -n auto --dist loadgroup $(ARGS)

check: setup $(VENV)/dev.stamp node_modules/.dev.stamp  ## lint, types, scripts without a browser, and every word
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m deploy.supply check
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm run --silent check
	$(BIN)/porchlight content check
	$(BIN)/porchlight check

bench: setup $(VENV)/dev.stamp  ## print the figures: ratios measured side by side in one run
	$(BIN)/python -m tests.bench $(ARGS)

engines:  ## install the old engines that handed-down phones still run, for python -m tests.engines
	$(PYTHON) -m venv .venv-engines
	.venv-engines/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/engines.txt
	@echo "Chrome 69 is here. For the others: apt-get install python3-pyqt5.qtwebkit python3-gi gir1.2-webkit2-4.1 xvfb firefox-esr"

pictures: setup $(VENV)/dev.stamp  ## photograph pages into pictures/ (ARGS="es dark" takes those with both in their name)
	@bash tests/browser/install.sh
	$(BIN)/python -m tests.pictures $(ARGS)

words: $(VENV)/words.stamp  ## compile the translations

wheel: setup $(VENV)/build.stamp  ## build dist/porchlight-….whl, the whole app as one file for pip
	@rm -f dist/porchlight-*.whl
	$(BIN)/pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

bill: setup  ## write dist/porchlight.cdx.json, the bill of materials (CycloneDX)
	@mkdir -p dist
	$(BIN)/python -m deploy.supply bill > dist/porchlight.cdx.json

update: setup  ## take up newer versions of all that our own pins allow, and say which of our pins are behind (needs uv and a network)
	@command -v uv >/dev/null || { echo "This needs uv, which wrote the locks: install it, for example with pipx install uv."; exit 1; }
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) --group build -o requirements/build.txt
	$(LOCK) --group node -o requirements/node.txt
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm update --package-lock-only --ignore-scripts --no-audit --no-fund
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm run --silent lock
	@echo "Newer than what pyproject.toml and package.json pin (change the pin there, and run this again):"
	@$(BIN)/pip list --outdated --disable-pip-version-check || true
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm outdated || true
	$(BIN)/python -m deploy.supply check

audit: setup  ## ask for known holes in what is pinned (needs pip-audit and a network that has the data)
	@command -v pip-audit >/dev/null || echo "pip-audit is not here: Python packages are not looked up (pipx install pip-audit)."
	@! command -v pip-audit >/dev/null || pip-audit --require-hashes --disable-pip -r requirements/run.txt
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm audit --audit=true --omit=dev

clean:  ## remove what was installed and made here
	rm -rf $(VENV) .venv-engines node_modules static/app build dist porchlight.egg-info youthapp/.library
	find translations -name '*.mo' -delete

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Porchlight needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.stamp: requirements/run.txt $(VENV)/python.stamp
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	touch $@

# The command `porchlight`, as `pip install .` makes it, for the checkout as it stands: the folder by its path, and three lines to start.
$(BIN)/porchlight: $(VENV)/run.stamp
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/porchlight.pth"
	@printf '%s\n' '#!$(CURDIR)/$(BIN)/python' 'from youthapp.cli import main' 'main()' > $@
	@chmod +x $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/build.stamp: requirements/build.txt $(VENV)/run.stamp
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	touch $@

$(VENV)/words.stamp: $(WORDS) $(BIN)/porchlight
	$(BIN)/porchlight language compile
	touch $@

# Third-party browser code: exactly what package-lock.json pins by hash.
node_modules/.package-lock.json: package-lock.json $(VENV)/run.stamp
	@command -v npm >/dev/null || { echo "No Node on this machine: taking it from PyPI."; $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/node.txt; }
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# And what checks the scripts.
node_modules/.dev.stamp: package-lock.json node_modules/.package-lock.json
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# What a phone gets of the scripts: ours and theirs, in a few small files, in a folder that git ignores.
static/app/classics.json: package.json node_modules/.package-lock.json $(SCRIPTS)
	@rm -rf static/app
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm run --silent --loglevel=error build
