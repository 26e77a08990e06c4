package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handing on the advisories that an index goes by. */
class AdvisoriesIT {
  private static final int MANY = 3000;

  @TempDir private Path folder;
  private final FakeIndex upstream = FakeIndex.start();

  private RunningIndex index(AdvisorySettings advisories) {
    return RunningIndex.in(folder.resolve("data"))
        .upstream(upstream.uri())
        .advisories(advisories)
        .start();
  }

  private static String record(int number) {
    return """
        {"id": "MAL-%d", "modified": "2026-03-24T10:50:00Z", "affected": [{"package":
          {"ecosystem": "PyPI", "name": "demo"}, "versions": ["1.%d"]}]}
        """
        .formatted(number, number);
  }

  private static AdvisorySettings following(Path source) {
    return new AdvisorySettings(source.toString(), Duration.ofHours(1), true);
  }

  private static HttpResponse<byte[]> ask(RunningIndex index) {
    return index.get(
        "/api/advisories", "Authorization", "Bearer " + index.administratorToken().reveal());
  }

  @Test
  void handsAFileOnAsItIs() throws IOException {
    Path source = Files.writeString(folder.resolve("osv.json"), record(1));
    try (RunningIndex index = index(following(source))) {
      HttpResponse<byte[]> answer = ask(index);

      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.body()).isEqualTo(record(1).getBytes(StandardCharsets.UTF_8));
      assertThat(index.get("/api/advisories").statusCode()).isEqualTo(401);
    }
    upstream.close();
  }

  @Test
  void handsAFolderOnAsAZip() throws IOException {
    Path source = Files.createDirectory(folder.resolve("osv"));
    for (int i = 0; i < MANY; i++) {
      Files.writeString(source.resolve("MAL-" + i + ".json"), record(i));
    }
    try (RunningIndex index = index(following(source))) {
      HttpResponse<byte[]> answer = ask(index);

      assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
      Path copy = Files.write(folder.resolve("copy.zip"), answer.body());
      assertThat(Advisories.read(copy).size()).isEqualTo(MANY);
    }
    upstream.close();
  }

  @Test
  void saysThatThereAreNone() {
    try (RunningIndex index = index(AdvisorySettings.BUILT_IN)) {
      HttpResponse<byte[]> answer = ask(index);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("no-advisories");
    }
    upstream.close();
  }
}
