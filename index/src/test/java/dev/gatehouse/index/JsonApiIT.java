package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonApiIT {
  private static final SampleArtifact WHEEL =
      WheelBuilder.wheel("Demo", "1.10").requiresDist("idna>=3").requiresPython(">=3.9").build();

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream
        .publish(WHEEL)
        .publish(WheelBuilder.wheel("Demo", "1.9").build())
        .publish(SdistBuilder.sdist("Demo", "1.10").build())
        .publish(WheelBuilder.wheel("Demo", "2.0rc1").build())
        .publish(WheelBuilder.wheel("Demo", "1.11").build(), offer -> offer.yanked("broken"));
    index =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .publicUrl("https://packages.example.com/python")
            .start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private JsonNode get(String path) {
    return new JsonMapper().readTree(index.get(path).body());
  }

  @Test
  void speaksOfTheNewestFinalReleaseThatIsNotYanked() {
    JsonNode info = get("/pypi/demo/json").path("info");

    assertThat(info.path("version").asString()).isEqualTo("1.10");
    assertThat(info.path("name").asString()).isEqualTo("Demo");
    assertThat(info.path("requires_dist").path(0).asString()).isEqualTo("idna>=3");
    assertThat(info.path("requires_python").asString()).isEqualTo(">=3.9");
    assertThat(info.path("yanked").asBoolean()).isFalse();
  }

  @Test
  void listsTheFilesOfAllReleasesUnderOurAddress() {
    JsonNode releases = get("/pypi/demo/json").path("releases");
    JsonNode file = releases.path("1.10").path(0);

    assertThat(releases.propertyNames()).containsExactly("1.9", "1.10", "1.11", "2.0rc1");
    assertThat(file.path("url").asString())
        .isEqualTo("https://packages.example.com/python/files/demo/" + WHEEL.filename());
    assertThat(file.path("digests").path("sha256").asString()).isEqualTo(WHEEL.sha256().hex());
    assertThat(file.path("packagetype").asString()).isEqualTo("bdist_wheel");
    assertThat(file.path("size").asLong()).isEqualTo(WHEEL.size());
    assertThat(releases.path("1.10").path(1).path("packagetype").asString()).isEqualTo("sdist");
    assertThat(releases.path("1.11").path(0).path("yanked_reason").asString()).isEqualTo("broken");
  }

  @Test
  void speaksOfOneVersionInAnySpelling() {
    JsonNode document = get("/pypi/demo/1.10.0/json");

    assertThat(document.path("info").path("version").asString()).isEqualTo("1.10");
    assertThat(document.path("urls")).hasSize(2);
    assertThat(document.has("releases")).isFalse();
  }

  @Test
  void doesNotSayThatNoVulnerabilitiesAreKnown() {
    assertThat(get("/pypi/demo/json").has("vulnerabilities")).isFalse();
  }

  @Test
  void knowsNoOtherProjectsAndVersions() {
    assertThat(index.get("/pypi/nothing/json").statusCode()).isEqualTo(404);
    assertThat(index.get("/pypi/demo/9.9/json").statusCode()).isEqualTo(404);
    assertThat(index.get("/pypi/demo/not-a-version/json").statusCode()).isEqualTo(404);
  }
}
