# One command each: `make` alone lists them. Paths are relative, so the folder's own name may hold spaces.

PYTHON ?= python3
VENV := .venv/bin/python
SOURCES := icp programmes risks finance outcomes boards
TEST_ENVIRONMENT = ICP_FSYNC=off ICP_STATE="$${ICP_TEST_STATE:-.state-test}"

.DEFAULT_GOAL := help
.PHONY: help run test lint soak bench lock migrations docs clean environment environment-dev

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: environment ## Start the demonstration at http://localhost:8000 (another port: PORT=8001 make run)
	@exec $(VENV) -m icp.launcher

test: environment-dev ## Run every test, those in a browser too (some: make test ARGS=tests/unit)
	@CHROMIUM="$$($(VENV) tools/chromium.py)" && export CHROMIUM && \
	$(TEST_ENVIRONMENT) $(VENV) tools/tests.py $(ARGS)

soak: environment-dev ## Run the long versions of the tests
	@CHROMIUM="$$($(VENV) tools/chromium.py)" && export CHROMIUM && \
	$(TEST_ENVIRONMENT) $(VENV) -m pytest -m soak $(ARGS)

lint: environment-dev ## Run every static check
	@sh tools/lint.sh

bench: environment-dev ## Measure the figures described in bench/README.md
	@$(TEST_ENVIRONMENT) $(VENV) -m bench $(ARGS)

lock: environment-dev ## Resolve pyproject.toml into the two hashed locks again
	@$(VENV) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	@$(VENV) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml -o requirements-dev.lock
	@$(VENV) tools/locks.py

migrations: environment-dev ## Write the migrations that changed models need
	@$(VENV) manage.py makemigrations

docs: environment-dev ## Write the API's description to build/openapi.yaml
	@mkdir -p build
	@DJANGO_SETTINGS_MODULE=icp.settings.test $(VENV) manage.py spectacular --validate --fail-on-warn --file build/openapi.yaml
	@echo "Written to build/openapi.yaml."

clean: ## Remove the demonstration's data, and all that can be made again except .venv
	@if [ -x $(VENV) ]; then $(VENV) -m icp.embedded.clean; fi
	@rm -rf staticfiles build test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

environment:
	@$(PYTHON) tools/environment.py

environment-dev:
	@$(PYTHON) tools/environment.py --dev
