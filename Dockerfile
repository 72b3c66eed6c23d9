# One image for the web server, the worker, the timer and the migration; the command tells which it is.
# The environment configures it: see docs/production.md. Nothing secret is in it.

FROM python:3.12-slim AS libraries
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.12-slim
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=icp.settings.production
COPY --from=libraries /venv /venv
WORKDIR /portal
COPY manage.py ./
COPY icp icp
COPY programmes programmes
COPY risks risks
COPY finance finance
COPY outcomes outcomes
COPY boards boards
COPY templates templates
COPY static static
COPY deploy/healthy.py deploy/healthy.py
# Compiled now, since no process can keep it later: each starts with a quarter less work.
RUN python -m compileall -q .
# Settings insist on a full environment; these values serve this one command and stay nowhere.
RUN SECRET_KEY="only-while-the-image-is-built-0123456789-abcdefghijklmnopqrstuvwxyz" \
    DATABASE_URL=postgres://nobody:none@localhost:5432/none \
    REDIS_URL=redis://localhost:6379/0 \
    ALLOWED_HOSTS=localhost PUBLIC_ADDRESS=https://localhost \
    EMAIL_HOST=localhost DEFAULT_FROM_EMAIL=nobody@localhost \
    python manage.py collectstatic --noinput
# Made by the first process that counts, in the memory of the container.
ENV METRICS_FOLDER=/tmp/figures
USER portal
EXPOSE 8000
# Loaded before it listens, so nobody waits at a web server that is only starting: the proxy asks another.
CMD ["gunicorn", "icp.wsgi:application", "--config", "python:icp.operations.gunicorn", "--bind", "0.0.0.0:8000", "--no-control-socket", "--preload", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--timeout", "60", "--graceful-timeout", "20", "--max-requests", "2000", "--max-requests-jitter", "200"]
