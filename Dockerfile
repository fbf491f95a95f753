# Build: docker build -t lessons .
# Serve: docker run --read-only -v lessons:/data -p 127.0.0.1:8080:8080 lessons
# Update: docker run -v lessons:/data lessons crawl && docker run -v lessons:/data lessons process
FROM rust:1.95-slim-trixie AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tesseract-ocr tesseract-ocr-cym \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home lessons \
 && install -d -o lessons -g lessons -m 0750 /data
COPY --from=build /src/target/release/lessons /usr/local/bin/lessons
USER 10001
ENV LESSONS_DATA=/data LESSONS_SERVE_LISTEN=0.0.0.0:8080 LESSONS_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["lessons"]
CMD ["serve"]
