# syntax=docker/dockerfile:1
# One image for web, worker, beat, relay and the set-up step: the command makes the difference.

# --- Styles and fonts ---
FROM node:24-bookworm-slim AS frontend
WORKDIR /portal/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend ./
# The editor is built after the one definition of what a text may hold.
COPY in4green/livetext/schema.json ../in4green/livetext/
RUN npm run build

# --- Python packages, exactly those of the lock ---
FROM python:3.12-slim-bookworm AS packages
ENV UV_PYTHON_DOWNLOADS=never UV_NO_CACHE=1
COPY requirements.txt requirements-dev.txt /tmp/
# The installer's own version and hash stand in the lock of development.
RUN sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ .*hash/p}' /tmp/requirements-dev.txt > /tmp/uv.txt \
 && python -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /tmp/uv.txt \
 && python -m venv --without-pip /venv \
 && /opt/uv/bin/uv pip sync --python /venv/bin/python --require-hashes --only-binary=:all: --compile-bytecode /tmp/requirements.txt

# --- The portal, with everything made that can be made beforehand ---
FROM python:3.12-slim-bookworm AS portal
RUN apt-get update && apt-get install -y --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
COPY --from=packages /venv /venv
WORKDIR /portal
COPY manage.py LICENSE ./
COPY in4green in4green
COPY groups groups
COPY meetings meetings
COPY actionplan actionplan
COPY locale locale
COPY templates templates
COPY static static
COPY --from=frontend /portal/static/build static/build
# Neither step asks a service or keeps what is set here.
RUN export SECRET_KEY=building DATABASE_URL=postgres://none/none REDIS_URL=redis://none \
 && python manage.py compilemessages --verbosity 0 \
 && python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q in4green groups meetings actionplan

# --- What runs: nothing in it has to be written ---
FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="In4Green portal" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    HOST=0.0.0.0 \
    PORT=8000 \
    LIVE_PORT=8001
COPY --from=packages /venv /venv
COPY --from=portal /portal /portal
WORKDIR /portal
# What people upload: a volume takes this folder's owner when it is first used.
RUN install --directory --owner=10001 --group=10001 --mode=700 var/media
USER 10001:10001
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://localhost:{os.environ[\"PORT\"]}/health/live/', timeout=4)"]
CMD ["sh", "-c", "exec python -m granian --interface wsgi --host ${HOST:-127.0.0.1} --port ${PORT:-8000} --workers ${WEB_WORKERS:-1} --blocking-threads ${WEB_THREADS:-4} --workers-kill-timeout 5 --no-ws in4green.wsgi:application"]
