# syntax=docker/dockerfile:1
# A static binary in an empty image: no shell, no libc, nothing else to patch.
# docker build --build-arg TARGET=aarch64-unknown-linux-gnu builds for arm64 on an arm64 machine.

ARG RUST_VERSION=1.95
FROM rust:${RUST_VERSION}-bookworm AS build
ARG TARGET=x86_64-unknown-linux-gnu
ENV RUSTFLAGS="-C target-feature=+crt-static"
WORKDIR /build
# The dependencies in a layer of their own: they change rarely.
COPY Cargo.toml Cargo.lock build.rs ./
COPY proto proto
RUN mkdir -p src benches examples && echo 'fn main() {}' > src/main.rs && touch src/lib.rs \
    && cargo build --release --locked --bin dictum --target "$TARGET" && rm -rf src
COPY src src
RUN touch src/lib.rs src/main.rs && cargo build --release --locked --bin dictum --target "$TARGET" \
    && cp "target/$TARGET/release/dictum" /dictum

FROM scratch
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="dictum" \
      org.opencontainers.image.description="Reads the text of an article and returns the facts stated in it as typed records" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /dictum /dictum
USER 65532:65532
EXPOSE 50051 9090
HEALTHCHECK CMD ["/dictum", "health"]
ENTRYPOINT ["/dictum"]
CMD ["serve"]
