# The experiments without a clone or a JDK: docker build -t plastic4j . && docker run --rm -v "$PWD/runs:/runs" plastic4j maze
FROM eclipse-temurin:17-jdk-noble AS build
COPY . /plastic4j
RUN /plastic4j/scripts/package --out /opt/plastic4j

FROM debian:bookworm-slim
# For the plots.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core libharfbuzz0b liblcms2-2 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/plastic4j /opt/plastic4j
# Runs are written below the working directory.
WORKDIR /
VOLUME /runs
ENTRYPOINT ["/opt/plastic4j/plastic4j"]
CMD ["--help"]
