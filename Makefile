# make demo    read the sample papers into output/ (on a fresh machine: first sets up .venv)
# make test    run the tests                make lint    check style and types
# make bench   speed and memory beside pdfplumber, Camelot and csv-diff
# make setup   only set up .venv            make format  put the code into its form
# make lock    pin the newest versions      make clean   remove .venv and what tools left behind
#
# Needs Python 3.11 or newer and make. `make PYTHON=/path/to/python setup` picks an interpreter.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCKER := build/locker
CODE := ratsplan.py schemas extractors pipeline benchmarks
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)

.PHONY: setup demo test browser lint format bench lock clean

setup: $(READY)

demo: setup
	@$(BIN)/ratsplan run samples/ --output output/

test: setup browser
	@$(BIN)/python -m pytest

# The tests of the web pages drive the system's chromium; without one they are skipped, and say so.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing chromium for the browser tests ..." >&2 \
			&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; } \
		|| echo "no chromium: the browser tests will be skipped (Debian: apt-get install chromium)" >&2

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(CODE)

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup
	@$(BIN)/python -m benchmarks.bench
	@$(BIN)/python -m benchmarks.drafts
	@$(BIN)/python -m benchmarks.start
	@$(BIN)/python -m benchmarks.layouts
	@$(BIN)/python -m benchmarks.pages

# uv resolves for all platforms and Python versions at once; it is asked for the lock only, nothing else needs it.
lock: setup
	@mkdir -p build
	@test -x $(LOCKER)/bin/uv || { $(BIN)/python -m venv $(LOCKER) && $(LOCKER)/bin/pip install --quiet uv; }
	@sed '/^[^#]/,$$d' requirements.lock > build/requirements.lock
	@$(LOCKER)/bin/uv pip compile pyproject.toml --extra ocr --extra tables --extra cluster --extra s3 --extra dev \
		--upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet >> build/requirements.lock
	@mv build/requirements.lock requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@found=""; for python in $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && found="$$python" && break; \
	done; \
	if [ -z "$$found" ]; then \
		echo "ratsplan needs Python 3.11 or newer; tried: $(PYTHONS). Name one: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "Installing the locked packages into $(VENV) (about 1.7 GB, some minutes) ..." >&2; \
	"$$found" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
