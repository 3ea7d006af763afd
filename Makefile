# make crawl   set up and read the sample pages in seeds/ into articles.db
# make test    set up and run the tests, on up to four cores at once (ARGS='-n 0': one after the other)
# make test-fast  the same without crawls in child processes, browsers and benchmarks
# make lint    set up and check style and types
# make torture kill, starve and mislead crawls, and see that nothing is lost (ARGS=--full: more often)
# make browse  set up and serve articles.db (or DATABASE=FILE) with Datasette
# make train  train the models anew on labelled pages: make train DATA=FOLDER [FOLDS=FOLDER] (up to an hour)
# make test-cluster  set up in .venv-cluster and run the tests of the path on an engine
# make lock    write the lock files anew after pyproject.toml changed (needs uv)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar off
DATABASE ?= articles.db
PORT ?= 8001
FOLDS ?= folds
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

.PHONY: crawl test test-fast test-cluster torture lint browse train lock clean

crawl: $(VENV)/run.stamp
	$(BIN)/scrapy crawl seeds $(ARGS)

test: $(VENV)/dev.stamp
	$(PYTEST) $(ARGS)

test-fast: $(VENV)/dev.stamp
	$(PYTEST) -m "not crawl and not browser and not benchmark" $(ARGS)

torture: $(VENV)/dev.stamp
	$(BIN)/python -m lab.torture $(ARGS)

test-cluster:
	$(MAKE) VENV=.venv-cluster .venv-cluster/cluster.stamp
	.venv-cluster/bin/python -m pytest tests/test_cluster.py tests/test_cluster_ray.py tests/test_docs.py $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

browse: $(VENV)/browse.stamp
	@test -e $(DATABASE) || { echo "there is no $(DATABASE) yet: make crawl, or name another with DATABASE=FILE"; exit 1; }
	$(BIN)/datasette $(DATABASE) -m metadata.yaml \
	  --setting suggest_facets off --setting sql_time_limit_ms 5000 --port $(PORT) $(ARGS)

train: $(VENV)/train.stamp
	$(BIN)/python -m lab.training.textpage --data $(DATA) --folds-out $(FOLDS)/text
	$(BIN)/python -m lab.training.textpage --data $(DATA) --kinds --folds-out $(FOLDS)/text-kinds
	$(BIN)/python -m lab.training.text_kind --data $(DATA) --folds-out $(FOLDS)/text-kinds
	$(BIN)/python -m lab.training.htmlpage --data $(DATA) --folds-out $(FOLDS)/html
	$(BIN)/python -m lab.training.textpage --data $(DATA) --html-folds $(FOLDS)/html --folds-out $(FOLDS)/text-others
	$(BIN)/python -m lab.training.kind --data $(DATA) --folds $(FOLDS)/html --folds-out $(FOLDS)/html

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Winnow needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version); what is installed goes there and nowhere else."
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian, install python3-venv"; exit 1; }

# The project itself goes in as it stands in this folder, with what the lock file has to build it; nothing else is fetched.
$(VENV)/%.stamp: requirements/%.lock pyproject.toml setup.py | $(BIN)/python
	@echo "Installing $$(grep -c '==' $<) packages of $< into $(VENV): the first time this takes some minutes and is silent."
	@$(PIP) --require-hashes -r $<
	@echo "Installing Winnow itself, as it stands in this folder."
	@PYTHONWARNINGS=ignore $(PIP) --no-deps --no-build-isolation --no-index --editable .
	@echo "Ready: $(VENV)."
	@touch $@

lock:
	uv pip compile $(LOCK) -o requirements/run.lock
	uv pip compile $(LOCK) --extra browse -c requirements/run.lock -o requirements/browse.lock
	uv pip compile $(LOCK) --extra browse --extra dev -c requirements/browse.lock -o requirements/dev.lock
	uv pip compile $(LOCK) --extra ray --extra dev -o requirements/cluster.lock
	uv pip compile $(LOCK) --extra train -c requirements/run.lock -o requirements/train.lock
	uv pip compile $(PINNED) --group templates -o requirements/templates.lock

PINNED := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
LOCK := $(PINNED) --group build pyproject.toml

clean:
	rm -rf $(VENV) build winnow.egg-info articles.db articles.db-shm articles.db-wal
