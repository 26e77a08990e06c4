package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that try to leave the index reach nothing: no file, no upstream, no stack trace. */
class PathsIT {
  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    index = RunningIndex.in(data).upstream(upstream.uri()).start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/simple/../../../etc/passwd",
        "/simple/%2e%2e/%2e%2e/etc/passwd",
        "/simple/..%2f..%2fetc%2fpasswd/",
        "/simple/..%5c..%5cadmin-token/",
        "/simple/%00/",
        "/simple/a%00b/",
        "/simple//",
        "/simple/;/",
        "/simple/%ff%fe/",
        "/simple/%zz/",
        "/files/demo/..%2f..%2f..%2fadmin-token",
        "/files/demo/%2e%2e%2fadmin-token",
        "/files/demo//etc/passwd",
        "/files/../admin-token",
        "/files/demo/demo-1.0-py3-none-any.whl%00.metadata",
        "/files/..;/admin-token",
        "/integrity/demo/../../admin-token/x/provenance",
        "/pypi/..%2f..%2fadmin-token/json",
        "/pypi/demo%0d%0aX-Evil:%20yes/json",
        "http://127.0.0.1/../admin-token",
        "/admin-token",
        "/gatehouse.db"
      })
  void reachNothing(String path) throws Exception {
    String answer =
        index.raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .matches("(?s)HTTP/1\\.1 4\\d\\d .*")
        .doesNotContain(Files.readString(data.resolve("admin-token")).strip())
        .doesNotContain("root:")
        .doesNotContain("Exception")
        .doesNotContain("X-Evil: yes");
    assertThat(upstream.requests()).isEmpty();
  }
}
