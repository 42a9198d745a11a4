# Needs Python 3.11 or later and nothing else; `make` alone lists what there is.

BIN = .venv/bin
FRONT_END = static/vendor/nhsuk-frontend.min.css
# What settings must be given, where a command needs none of the values.
UNUSED_KEYS = SECRET_KEY=unused OBJECTION_KEY=unused
# What may take longer than a test of the suite.
LONG = --timeout=0 -o faulthandler_timeout=0
# A site as it would be deployed, for Django's own check of the settings.
DEPLOYED = SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	OBJECTION_KEY=unused SITE_URL=https://portal.example.org ALLOWED_HOSTS=portal.example.org DEBUG=no DEMONSTRATION=no

.PHONY: help demo test check bench faults hostile static

help:
	@echo 'make demo    the portal on this machine with demonstration data, at the address it prints'
	@echo 'make test    the whole test suite'
	@echo 'make bench   how fast the catalogue is with 100, 10,000 and 100,000 entries, and the follow-up beside loops that keep no promise'
	@echo 'make faults  ten campaigns of 1,000 messages and 50 kill -9 of the worker: lost, doubled, unknown'
	@echo 'make hostile 100,000 requests with hostile strings: errors, scripts, formulas and headers that came through'
	@echo 'make check   style, types, arrows between the apps, templates, settings, migrations, lock files'
	@echo 'make static  the NHS.UK front end alone, for a site that runs for real'

demo: .venv/demo.done $(FRONT_END)
	@exec $(BIN)/python -m senate_portal.demo --stop-with-parent

test: .venv/test.done $(FRONT_END)
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

bench: .venv/test.done $(FRONT_END)
	@$(BIN)/python -m tests.benchmarks.catalogue
	@$(BIN)/python -m pytest $(LONG) -o python_files='bench_*.py' tests/benchmarks

faults: .venv/test.done
	@$(BIN)/python -m pytest $(LONG) -o python_files='faults_*.py' tests/benchmarks

hostile: .venv/test.done $(FRONT_END)
	@$(BIN)/python -m pytest $(LONG) -o python_files='hostile_*.py' tests/hostile
	@OPEN_EVERY=1 $(BIN)/python -m pytest $(LONG) tests/browser/test_no_script_runs.py
	@API_EXAMPLES=500 $(BIN)/python -m pytest $(LONG) tests/test_api_as_documented.py

check: .venv/test.done $(FRONT_END)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(UNUSED_KEYS) $(BIN)/mypy .
	$(UNUSED_KEYS) $(BIN)/lint-imports
	$(BIN)/djlint templates --lint
	$(BIN)/bandit --quiet --recursive --severity-level high senate_portal initiatives stp_feedback commitments
	$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(UNUSED_KEYS) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run
	@! grep -n '://' requirements.txt */requirements.txt static/package-lock.json || (echo 'A lock file must hold no address.'; exit 1)

# Python packages, each checked against the hash in its lock file

.venv/bin/pip:
	@echo 'Making .venv ...'
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exec $$python -m venv .venv; \
	done; \
	echo 'The portal needs Python 3.11 or later. Install it, or name it: make demo PYTHON=/path/to/python3.11'; exit 1

.venv/demo.done: requirements.txt | .venv/bin/pip
	@echo 'Installing Python packages ...'
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test.done: tests/requirements.txt .venv/demo.done
	@echo 'Installing Python packages for tests and checks ...'
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

# The NHS.UK front end, by this machine's npm or the one that PyPI carries

static: $(FRONT_END)

$(FRONT_END): static/package-lock.json senate_portal/lib/frontend.py | .venv/demo.done
	@echo 'Fetching the NHS.UK front end ...'
	@$(BIN)/python -m senate_portal.lib.frontend
