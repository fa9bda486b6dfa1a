# Two stages: the first builds the wheel with GraphiQL's files in it, the second runs it. MongoDB is another service.
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY schema schema
COPY loaders loaders
# No npm here: the build hook takes it from a wheel, which stays in this stage.
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels gongkai \
    && useradd --create-home --uid 10001 gongkai
USER gongkai
ENV GONGKAI_HOST=0.0.0.0 \
    GONGKAI_PORT=8000 \
    PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD python -c "import urllib.request as web; web.urlopen('http://127.0.0.1:$GONGKAI_PORT/healthz', timeout=2)"
ENTRYPOINT ["gongkai"]
CMD ["serve"]
