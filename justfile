# Every command of the project; `./dev just RECIPE` runs one in the prepared environment.

set shell := ["bash", "-euo", "pipefail", "-c"]
python := ".venv/bin/python"

# List the recipes.
default:
    @just --list

# Start the demo county.
demo *ARGS:
    ./dev demo {{ ARGS }}

# Run the tests.
test *ARGS:
    ./dev test {{ ARGS }}

# Run the tests with those that repeat for every role, width and database (half an hour).
test-all *ARGS:
    ./dev test --with-spark --all {{ ARGS }}

# Run the tests that touch the database again, on a temporary PostgreSQL; `tests` for all of them.
test-postgresql *ARGS="tests/unit tests/walker/test_behind_the_fence.py tests/web/test_households.py tests/web/test_two_places.py tests/web/test_leads.py tests/web/test_cases.py tests/web/test_monitoring_findings.py tests/web/test_exports.py --ignore=tests/unit/rules --ignore=tests/unit/policies --ignore=tests/unit/synth --ignore=tests/unit/sealing --ignore=tests/unit/reader --ignore=tests/unit/linkage --ignore=tests/unit/quality --ignore=tests/unit/privacy --ignore=tests/unit/config --ignore=tests/unit/procedures --ignore=tests/unit/papers --ignore=tests/unit/web --ignore=tests/unit/keeping/test_no_number_in_clear.py":
    {{ python }} tests/postgresql.py -- {{ python }} -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not slow and not long" {{ ARGS }}

# Run the rule specifications on Spark as well (needs Java 17).
test-spark:
    ./dev test --with-spark -m spark

# Run every check and report all that fail.
check:
    #!/usr/bin/env bash
    failed=()
    step() { local name=$1; shift; echo "== $name"; "$@" || failed+=("$name"); }
    step lint .venv/bin/ruff check src tests benchmarks dev
    step format .venv/bin/ruff format --check src tests benchmarks dev
    step types .venv/bin/mypy
    step layers .venv/bin/lint-imports
    step lock .dev/tools/bin/uv lock --check
    step packs .venv/bin/anju rules check
    step documents .venv/bin/anju rules docs --check
    step procedures .venv/bin/anju procedures docs --check
    step translations {{ python }} tests/messages.py --check
    step audit {{ just_executable() }} audit
    if [ ${#failed[@]} -gt 0 ]; then echo "failed: ${failed[*]}"; exit 1; fi

# Repair what can be repaired.
fix:
    .venv/bin/ruff check --fix src tests benchmarks dev
    .venv/bin/ruff format src tests benchmarks dev

# Look locked packages up in the advisory database; passes with a notice where it cannot be reached.
audit:
    #!/usr/bin/env bash
    said=$(.venv/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock 2>&1) && { echo "$said"; exit 0; }
    if grep -qE "found [0-9]+ known vulnerabilit" <<<"$said"; then echo "$said"; exit 1; fi
    echo "the advisory database cannot be reached from here; the audit was not made"
    tail -n 2 <<<"$said"

# Write the generated pages: rules, data dictionary, translations to fill in.
docs:
    .venv/bin/anju rules docs
    .venv/bin/anju procedures docs
    .venv/bin/anju dictionary
    {{ python }} tests/messages.py

# Export the lock for indexes that mirror PyPI.
lock:
    .dev/tools/bin/uv lock
    .dev/tools/bin/uv export --quiet --locked --no-emit-project --no-group dev -o requirements.lock
    .dev/tools/bin/uv export --quiet --locked --no-emit-project --group dev -o requirements-dev.lock

# Compare the reader of plans with the gold files.
eval-reader:
    {{ python }} tests/reader_scores.py

# Build the wheel into dist/ and refuse one without styles, scripts or the English catalogue.
wheel:
    #!/usr/bin/env bash
    rm -rf dist
    .dev/tools/bin/uv build --quiet --wheel --out-dir dist
    held=$({{ python }} -m zipfile --list dist/*.whl)
    for part in web/static/dist/anju.css web/static/dist/anju.js web/static/dist/LICENSES.txt \
        locale/en/LC_MESSAGES/django.mo policies/national/ rules/facts/; do
        grep -q "anju/$part" <<<"$held" || { echo "the wheel lacks $part"; exit 1; }
    done
    echo "$(ls dist/*.whl): complete"

# Measure; see docs/performance.md.
bench *ARGS:
    {{ python }} benchmarks/rules/bench.py {{ ARGS }}
