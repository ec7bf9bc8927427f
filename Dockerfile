# syntax=docker/dockerfile:1
# A static binary in an empty image: no shell, no libc, nothing else to patch.
#
# It is built twice, the second time by a profile of what it does (tools/pgo.sh): a tenth less time to read a text.
#
#   docker build --tag dictum .                                       for this machine
#   docker buildx build --platform linux/amd64,linux/arm64 .          for both, each built on its own kind (or emulated)

ARG RUST_VERSION=1.95
FROM rust:${RUST_VERSION}-bookworm AS build
# Set by Docker from --platform.
ARG TARGETARCH=amd64
WORKDIR /build
COPY tools/static.toml tools/static.toml
RUN case "$TARGETARCH" in amd64) echo x86_64 ;; arm64) echo aarch64 ;; *) exit 1 ;; esac | sed 's/$/-unknown-linux-gnu/' > target-name
# The dependencies in a layer of their own: they change rarely. Cargo wants every target of the manifest to be there.
COPY Cargo.toml Cargo.lock build.rs ./
COPY proto proto
RUN mkdir -p src benches examples && echo 'fn main() {}' | tee src/main.rs benches/pipeline.rs examples/echo.rs && touch src/lib.rs \
    && cargo fetch --locked --target "$(cat target-name)" && rm -r src
COPY examples/articles examples/articles
COPY tests/corpus tests/corpus
COPY tools/pgo.sh tools/pgo.sh
COPY src src
# Built by a profile of what it does; plainly where the compiler's own tools cannot be had.
RUN if rustup component add llvm-tools; then tools/pgo.sh "$(cat target-name)"; \
    else cargo build --config tools/static.toml --target "$(cat target-name)" --release --locked --bin dictum; fi \
    && cp "target/$(cat target-name)/release/dictum" /dictum

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="dictum" \
      org.opencontainers.image.description="Reads the text of an article and returns the facts stated in it as typed records" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /dictum /dictum
USER 65532:65532
EXPOSE 50051 9090
HEALTHCHECK CMD ["/dictum", "health"]
ENTRYPOINT ["/dictum"]
CMD ["serve"]
