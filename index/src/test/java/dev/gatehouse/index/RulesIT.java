package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One verdict for every surface: what one refuses, no other lets through. */
class RulesIT {
  private static final ProjectName LITELLM = ProjectName.parse("litellm");
  private static final SampleArtifact GOOD = WheelBuilder.wheel("litellm", "1.82.6").build();
  private static final SampleArtifact BAD = WheelBuilder.wheel("litellm", "1.82.8").build();
  private static final Policy DENYING =
      new Policy(
          Mode.OBSERVE,
          List.of(),
          List.of(),
          List.of(new DenyRule(LITELLM, List.of(SpecifierSet.parse("==1.82.8")), "MAL-2026-2144")));

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(GOOD).publish(BAD, offer -> offer.provenance("{\"version\":1}"));
    index = RunningIndex.in(data).upstream(upstream.uri()).policy(DENYING).start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private static String at(SampleArtifact artifact) {
    return "/files/litellm/" + artifact.filename();
  }

  private static String provenanceOf(SampleArtifact artifact) {
    return "/integrity/litellm/" + artifact.version() + "/" + artifact.filename() + "/provenance";
  }

  @Nested
  class ADeniedVersion {
    @Test
    void isYankedWithItsReasonOnBothPages() {
      assertThat(index.text("/simple/litellm/"))
          .contains("data-yanked=\"Gatehouse: refuse: MAL-2026-2144\"");
      assertThat(index.text("/simple/litellm/", "Accept", "application/vnd.pypi.simple.v1+json"))
          .contains("\"yanked\":\"Gatehouse: refuse: MAL-2026-2144\"");
    }

    @Test
    void isYankedInTheJsonApi() {
      assertThat(index.text("/pypi/litellm/1.82.8/json"))
          .contains("\"yanked_reason\":\"Gatehouse: refuse: MAL-2026-2144\"");
      assertThat(index.text("/pypi/litellm/json")).contains("\"version\":\"1.82.6\"");
    }

    @Test
    void isRefusedAtEveryDirectAddress() {
      for (String path : List.of(at(BAD), at(BAD) + ".metadata", provenanceOf(BAD))) {
        HttpResponse<byte[]> answer = index.get(path);

        assertThat(answer.statusCode()).as(path).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(new String(answer.body(), UTF_8))
            .contains("MAL-2026-2144")
            .contains("\"code\":\"denied\"");
      }
      assertThat(index.get(at(BAD), "Range", "bytes=0-10").statusCode()).isEqualTo(403);
      assertThat(index.ask("HEAD", at(BAD)).statusCode()).isEqualTo(403);
    }

    @Test
    void tellsPipWhyInTheStatusLine() {
      assertThat(index.statusLine(at(BAD)))
          .isEqualTo("HTTP/1.1 403 Gatehouse refuses litellm 1.82.8: MAL-2026-2144");
    }

    @Test
    void isNotEvenFetched() {
      index.get(at(BAD));

      assertThat(upstream.requestsTo(FakeIndex.fileOf(BAD))).isEmpty();
    }

    @Test
    void isRefusedInEverySpellingOfTheName() {
      for (String name : List.of("LiteLLM", "litellm", "LITELLM")) {
        assertThat(index.get("/files/" + name + "/" + BAD.filename()).statusCode()).isEqualTo(403);
      }
    }

    @Test
    void leavesTheOthersAlone() {
      assertThat(index.get(at(GOOD)).body()).isEqualTo(GOOD.bytes());
    }
  }

  @Nested
  class AChangeOfThePolicy {
    @Test
    void takesEffectOnWhatIsKeptAndOnPagesThatClientsKnow() {
      index.apply(Policy.observing());
      String tag = index.get("/simple/litellm/").headers().firstValue("ETag").orElseThrow();
      assertThat(index.get(at(BAD)).statusCode()).isEqualTo(200);

      index.apply(DENYING);

      assertThat(index.get(at(BAD)).statusCode()).isEqualTo(403);
      assertThat(index.get("/simple/litellm/", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class AnAllowlist {
    @BeforeEach
    void allow() {
      AllowRule rule = new AllowRule(LITELLM, List.of(SpecifierSet.parse("==1.82.6")), Set.of());
      index.apply(new Policy(Mode.ALLOWLIST, List.of(), List.of(rule), List.of()));
    }

    @Test
    void letsInWhatItNamesAndNothingElse() {
      upstream.publish(WheelBuilder.wheel("other", "1.0").build());

      assertThat(index.get(at(GOOD)).statusCode()).isEqualTo(200);
      assertThat(index.get(at(BAD)).statusCode()).isEqualTo(403);
      assertThat(index.statusLine("/files/other/other-1.0-py3-none-any.whl"))
          .isEqualTo("HTTP/1.1 403 Gatehouse refuses other 1.0: no allow rule names it");
    }
  }

  @Nested
  class APrivateName {
    @BeforeEach
    void keepPrivate() {
      upstream.publish(WheelBuilder.wheel("acme-secrets", "99.0").build());
      index.apply(
          new Policy(Mode.OBSERVE, List.of(ProjectPattern.parse("acme-*")), List.of(), List.of()));
    }

    @Test
    void isNeverAskedOfAnUpstreamInAnySpelling() {
      for (String name : List.of("acme-secrets", "ACME_secrets", "acme.secrets", "Acme--Secrets")) {
        assertThat(index.get("/simple/" + name + "/").statusCode()).isIn(301, 404);
        assertThat(index.get("/pypi/" + name + "/json").statusCode()).isEqualTo(404);
        assertThat(index.get("/files/" + name + "/acme_secrets-99.0-py3-none-any.whl").statusCode())
            .isEqualTo(404);
      }
      assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void isAskedOfTheUpstreamThatListsIt() {
      try (FakeIndex inside = FakeIndex.start()) {
        inside.publish(WheelBuilder.wheel("acme-secrets", "1.0").build());
        index.close();
        index =
            RunningIndex.in(data)
                .upstream(upstream.uri())
                .upstream("inside", inside.uri(), "acme-*")
                .policy(
                    new Policy(
                        Mode.OBSERVE,
                        List.of(ProjectPattern.parse("acme-*")),
                        List.of(),
                        List.of()))
                .start();

        assertThat(index.text("/simple/acme-secrets/"))
            .contains("acme_secrets-1.0")
            .doesNotContain("99.0");
        assertThat(upstream.requests()).isEmpty();
      }
    }
  }

  @Nested
  class OneSourceForAProject {
    @Test
    void isNotReplacedByAnotherThatHasMore() {
      try (FakeIndex inside = FakeIndex.start()) {
        inside.publish(GOOD);
        index.close();
        index =
            RunningIndex.in(data)
                .upstream(upstream.uri())
                .upstream("inside", inside.uri(), "litellm")
                .start();

        assertThat(index.text("/simple/litellm/")).contains("1.82.6").doesNotContain("1.82.8");
        inside.goesDown();
        index.later(java.time.Duration.ofDays(1));
        assertThat(index.text("/simple/litellm/")).doesNotContain("1.82.8");
        assertThat(upstream.requests()).isEmpty();
      }
    }
  }
}
