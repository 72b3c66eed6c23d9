#!/bin/sh
# Every static check, each named before it runs. All run; the exit code tells whether one failed.
failed=""
check() {
    name=$1
    shift
    printf '%s… ' "$name"
    if output=$("$@" 2>&1); then
        echo "fine"
    else
        echo "FAILED"
        printf '%s\n' "$output"
        failed="$failed [$name]"
    fi
}

python=.venv/bin/python
sources="icp programmes risks finance outcomes boards"

# Values that only let the checks run: nothing is opened or sent.
production() {
    env DJANGO_SETTINGS_MODULE=icp.settings.production \
        SECRET_KEY="for-the-static-checks-only-0123456789-abcdefghijklmnopqrstuvwxyz" \
        DATABASE_URL=postgres://icp_app:x@localhost:5432/icp \
        DATABASE_OWNER_URL=postgres://icp_owner:x@localhost:5432/icp \
        REDIS_URL=redis://localhost:6379/0 \
        ALLOWED_HOSTS=portal.example.org PUBLIC_ADDRESS=https://portal.example.org \
        EMAIL_HOST=mail.example.org DEFAULT_FROM_EMAIL=office@example.org \
        "$@"
}

check "Locks answer pyproject.toml" $python tools/locks.py
check "Python style (ruff check)" $python -m ruff check .
check "Python layout (ruff format)" $python -m ruff format --check .
check "Template style (djade)" sh -c "git ls-files -z '*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2"
check "Security of the code (bandit)" $python -m bandit -q -c pyproject.toml -r $sources
check "Types (mypy)" $python -m mypy $sources
check "Import direction (import-linter)" $python -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
check "Migrations match models" env DJANGO_SETTINGS_MODULE=icp.settings.test $python manage.py makemigrations --check --dry-run
check "API description" env DJANGO_SETTINGS_MODULE=icp.settings.test $python manage.py spectacular --validate --fail-on-warn --file /dev/null
check "Production settings (check --deploy)" production $python manage.py check --deploy --fail-level WARNING

printf '%s… ' "Known weaknesses of libraries (pip-audit)"
$python tools/audit.py || failed="$failed [pip-audit]"

if [ -n "$failed" ]; then
    echo "Failed:$failed"
    exit 1
fi
echo "All static checks passed."
