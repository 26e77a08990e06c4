# docker build -t gatehouse . && docker run -p 8484:8484 -v gatehouse:/data gatehouse
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# Every artifact is checked against its recorded digest, as in every build; the tests run where the sources are developed.
RUN JAVA_HOME=/opt/java/openjdk mvn -B -ntp -q -Pprogram -pl cli -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin gatehouse \
    && install -d -o gatehouse -g gatehouse -m 0700 /data
COPY --from=build --chown=root:root /build/cli/target/gatehouse /opt/gatehouse
RUN /opt/gatehouse/bin/warm-up
# A container's address is none of the loopback: whoever asks needs a token, unless [index] anonymous says otherwise. To make
# one: docker exec CONTAINER /opt/gatehouse/bin/gatehouse client add NAME --role reader --data /data/index
USER 10001:10001
VOLUME /data
WORKDIR /data
EXPOSE 8484
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8484 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3 && read -r answer <&3 && [[ $answer == *' 200 '* ]]"]
# A gatehouse.toml in /data is read, where there is one.
ENTRYPOINT ["/opt/gatehouse/bin/gatehouse"]
CMD ["serve", "--listen", "0.0.0.0:8484", "--data", "/data/index"]
