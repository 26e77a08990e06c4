package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.provenance.identity.PublisherPattern;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.policy.ProvenanceRule;
import dev.gatehouse.provenance.refresh.TestTufRepository;
import dev.gatehouse.provenance.verification.TestAuthority;
import dev.gatehouse.provenance.verification.TestIdentity;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.CompareRules;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attestations as evidence and as what is passed on, over the history of LiteLLM as it would have
 * been with attestations.
 */
class ProvenanceIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ProjectName LITELLM = ProjectName.parse("litellm");
  private static final TestAuthority AUTHORITY = TestAuthority.create();
  private static final TestIdentity USUAL =
      TestIdentity.github("BerriAI/litellm", "release.yml", "v1");

  /** Another account and another repository, by the forge's numbers. */
  private static final TestIdentity OTHER =
      TestIdentity.github("BerriAl/litellm", "release.yml", "v1").with(15, "99").with(17, "98");

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private @Nullable RunningIndex running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    upstream.close();
  }

  private static SampleArtifact wheel(String version) {
    return WheelBuilder.wheel("litellm", version).build();
  }

  private static String provenance(SampleArtifact artifact, TestIdentity by) {
    return TestAuthority.provenance(
        TestAuthority.githubClaim(
            by.equals(OTHER) ? "BerriAl/litellm" : "BerriAI/litellm", "release.yml"),
        AUTHORITY.sign(artifact.filename(), artifact.sha256()).by(by).attestation());
  }

  private SampleArtifact attested(String version, TestIdentity by) {
    SampleArtifact artifact = wheel(version);
    upstream.publish(artifact, offer -> offer.provenance(provenance(artifact, by)));
    return artifact;
  }

  private SampleArtifact unattested(String version) {
    SampleArtifact artifact = wheel(version);
    upstream.publish(artifact);
    return artifact;
  }

  private static Policy vetted(ProvenancePolicy provenance, AllowRule... allow) {
    return new Policy(
        Mode.VETTED,
        List.of(),
        List.of(allow),
        List.of(),
        new VettingRules(
            Duration.ZERO,
            List.of(),
            null,
            2,
            true,
            null,
            Duration.ofDays(3),
            CompareRules.NONE,
            provenance));
  }

  private static ProvenancePolicy asking(String... publishers) {
    return new ProvenancePolicy(
        List.of(
            new ProvenanceRule(
                List.of(ProjectPattern.parse("litellm")),
                true,
                List.of(publishers).stream().map(PublisherPattern::parse).toList())));
  }

  private RunningIndex index() {
    return index(vetted(ProvenancePolicy.NONE));
  }

  private RunningIndex index(Policy policy) {
    RunningIndex started =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(policy)
            .advisories(new AdvisorySettings(null, Duration.ofHours(1), false))
            .trusting(AUTHORITY)
            .start();
    running = started;
    return started;
  }

  private static HttpResponse<byte[]> get(RunningIndex index, SampleArtifact artifact) {
    return index.get("/files/litellm/" + artifact.filename());
  }

  private static String path(SampleArtifact artifact) {
    return "/integrity/litellm/%s/%s/provenance".formatted(artifact.version(), artifact.filename());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static JsonNode why(RunningIndex index, SampleArtifact artifact) {
    HttpResponse<byte[]> answer =
        index.get(
            "/api/why/litellm/" + artifact.version(),
            "Authorization",
            "Bearer " + index.administratorToken().reveal());
    return JSON.readTree(text(answer)).path("files").path(0);
  }

  @Test
  void holdsTheVersionThatLostTheAttestationOfTheOneBefore() {
    SampleArtifact before = attested("1.82.6", USUAL);
    SampleArtifact lost = unattested("1.82.7");
    RunningIndex index = index();

    assertThat(get(index, before).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> answer = get(index, lost);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(text(answer))
        .contains(
            "\"code\":\"provenance-lost\"",
            "those of 1.82.6 are, by github:BerriAI/litellm/.github/workflows/release.yml");
    assertThat(index.text("/simple/litellm/"))
        .contains("data-yanked=\"Gatehouse: hold: no attestation, although earlier versions had");
    assertThat(why(index, lost).path("provenance").path("breaks").path(0).path("code").asString(""))
        .isEqualTo("provenance-lost");
  }

  @Test
  @Timeout(60)
  void verifiesAgainWhereTheRefreshedRootKnowsWhoSigned() {
    try (TestTufRepository mirror = TestTufRepository.start(RunningIndex.START)) {
      mirror.publish(TestAuthority.create().trustedRoot(), RunningIndex.START);
      SampleArtifact artifact = attested("1.82.6", USUAL);
      RunningIndex index =
          RunningIndex.in(data)
              .upstream(upstream.uri())
              .policy(vetted(asking("github:BerriAI/litellm")))
              .advisories(new AdvisorySettings(null, Duration.ofHours(1), false))
              .trusting(mirror.repository())
              .start();
      running = index;
      Path kept = data.resolve("advisories/trusted-root/confirmed");
      await(() -> Files.exists(kept));
      assertThat(get(index, artifact).statusCode()).isEqualTo(403);

      Duration day = Duration.ofDays(1);
      mirror.publish(AUTHORITY.trustedRoot(), RunningIndex.START.plus(day));
      index.later(day);
      RunningIndex again = index.restarted();
      running = again;
      await(() -> get(again, artifact).statusCode() == 200);
      assertThat(again.get(path(artifact)).statusCode()).isEqualTo(200);
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void knowsTheVersionsBeforeAlsoWhereNobodyAskedForThem() {
    SampleArtifact before = attested("1.82.6", USUAL);
    RunningIndex index = index();

    assertThat(get(index, unattested("1.82.7")).statusCode()).isEqualTo(403);
    assertThat(upstream.requestsTo(FakeIndex.provenanceOf(before))).hasSize(1);
    assertThat(upstream.requestsTo(FakeIndex.fileOf(before))).isEmpty();
  }

  @Test
  void asksForNoMoreThanTheNewestVersionsBefore() {
    List<SampleArtifact> before =
        List.of("1", "2", "3", "4", "5", "6", "7").stream()
            .map(version -> attested(version, USUAL))
            .toList();
    RunningIndex index = index();

    assertThat(get(index, unattested("8")).statusCode()).isEqualTo(403);

    assertThat(
            before.stream()
                .filter(each -> !upstream.requestsTo(FakeIndex.provenanceOf(each)).isEmpty())
                .map(SampleArtifact::version))
        .containsExactly("3", "4", "5", "6", "7");
  }

  @Test
  void saysNothingOfProjectsThatNeverHadAny() {
    unattested("1.82.6");
    RunningIndex index = index();

    assertThat(get(index, unattested("1.82.7")).statusCode()).isEqualTo(200);
  }

  @Test
  void asksAnSdistForNoneWhereWheelsAloneHadSome() {
    attested("1.82.6", USUAL);
    upstream.publish(SdistBuilder.sdist("litellm", "1.82.6").build());
    attested("1.82.7", USUAL);
    SampleArtifact sdist = SdistBuilder.sdist("litellm", "1.82.7").build();
    upstream.publish(sdist);

    assertThat(get(index(), sdist).statusCode()).isEqualTo(200);
  }

  @Test
  void holdsAChangedPublisherAndWhatFollowsIt() {
    SampleArtifact before = attested("1.82.6", USUAL);
    SampleArtifact changed = attested("1.82.7", OTHER);
    SampleArtifact next = attested("1.82.8", OTHER);
    RunningIndex index = index();
    assertThat(get(index, before).statusCode()).isEqualTo(200);

    assertThat(text(get(index, changed))).contains("provenance-publisher-changed", "account 98");
    // Which has the publisher of the one before, that was never served.
    assertThat(text(get(index, next))).contains("provenance-publisher-changed", "account 98");
  }

  @Test
  void servesALostAttestationThatSomebodyAnswersFor() {
    attested("1.82.6", USUAL);
    SampleArtifact lost = unattested("1.82.7");
    AllowRule allow = new AllowRule(LITELLM, List.of(SpecifierSet.parse("==1.82.7")), Set.of());

    assertThat(get(index(vetted(ProvenancePolicy.NONE, allow)), lost).statusCode()).isEqualTo(200);
  }

  @Test
  void passesOnWhatHoldsAndFetchesItOnce() {
    SampleArtifact good = attested("1.82.6", USUAL);
    RunningIndex index = index();
    assertThat(get(index, good).statusCode()).isEqualTo(200);

    RunningIndex again = index.restarted();
    running = again;

    assertThat(text(again.get(path(good)))).contains("attestation_bundles");
    String own = again.address().resolve(path(good)).toString();
    assertThat(again.text("/simple/litellm/")).contains("data-provenance=\"" + own);
    assertThat(again.text("/simple/litellm/", "Accept", "application/vnd.pypi.simple.v1+json"))
        .contains("\"provenance\":\"" + own);
    assertThat(upstream.requestsTo(FakeIndex.provenanceOf(good))).hasSize(1);
    JsonNode attestation = why(again, good).path("provenance").path("attestations").path(0);
    assertThat(attestation.path("publisher").asString(""))
        .isEqualTo("github:BerriAI/litellm/.github/workflows/release.yml");
    assertThat(attestation.path("commit").asString("")).isEqualTo(TestIdentity.COMMIT);
  }

  @Test
  void neverPassesOnWhatDoesNotHoldAndServesTheFileAllTheSame() {
    SampleArtifact file = wheel("1.82.6");
    upstream.publish(file, offer -> offer.provenance(provenance(wheel("1.82.5"), USUAL)));
    RunningIndex index = index();

    assertThat(get(index, file).statusCode()).isEqualTo(200);

    HttpResponse<byte[]> answer = index.get(path(file));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer)).contains("\"code\":\"provenance-invalid\"", "other-name");
    assertThat(index.text("/simple/litellm/")).doesNotContain("data-provenance");
    assertThat(why(index, file).path("provenance").path("refused").asString(""))
        .isEqualTo("other-name");
  }

  @Test
  void holdsWhatDoesNotHoldWhereTheVersionsBeforeHadSome() {
    attested("1.82.6", USUAL);
    SampleArtifact forged = wheel("1.82.7");
    upstream.publish(forged, offer -> offer.provenance("{\"version\":1}"));

    assertThat(text(get(index(), forged))).contains("\"code\":\"provenance-lost\"");
  }

  @Test
  void servesWhatCannotBeLookedAtWhereTheUpstreamHandsOutNoProvenance() {
    SampleArtifact file = attested("1.82.6", USUAL);
    SampleArtifact before = attested("1.82.5", USUAL);
    upstream.on(FakeIndex.provenanceOf(file)).answers(404);
    upstream.on(FakeIndex.provenanceOf(before)).answers(404);
    RunningIndex index = index();

    assertThat(get(index, file).statusCode()).isEqualTo(200);
    assertThat(why(index, file).path("provenance").path("unavailable").asString(""))
        .contains("the provenance of " + file.filename());
  }

  /** Else whoever keeps it from being read would gain what a loss does not give. */
  @Test
  void holdsWhatCannotBeLookedAtAfterAttestedVersionsAndLooksAgain() {
    SampleArtifact file = attested("1.82.6", OTHER);
    upstream.on(FakeIndex.provenanceOf(file)).answers(404);
    attested("1.82.5", USUAL);
    RunningIndex index = index();

    assertThat(text(get(index, file))).contains("\"code\":\"provenance-unavailable\"");
    assertThat(why(index, file).path("provenance").path("unavailable").asString(""))
        .contains("the provenance of " + file.filename());

    upstream.on(FakeIndex.provenanceOf(file)).heals();
    RunningIndex again = index.restarted();
    running = again;
    assertThat(text(get(again, file))).contains("\"code\":\"provenance-publisher-changed\"");
  }

  @Test
  void looksAgainWhereItWasOneOfTheVersionsBeforeThatCouldNotBeHad() {
    SampleArtifact before = attested("1.82.6", USUAL);
    SampleArtifact lost = unattested("1.82.7");
    upstream.on(FakeIndex.provenanceOf(before)).answers(404);
    RunningIndex index = index();
    assertThat(text(get(index, lost))).contains("\"code\":\"provenance-unavailable\"");

    upstream.on(FakeIndex.provenanceOf(before)).heals();
    RunningIndex again = index.restarted();
    running = again;

    assertThat(text(get(again, lost))).contains("\"code\":\"provenance-lost\"");
  }

  @Test
  void holdsWhatLacksTheAttestationThatThePolicyAsksFor() {
    RunningIndex index = index(vetted(asking()));

    assertThat(text(get(index, unattested("1.82.7")))).contains("\"code\":\"provenance-missing\"");
  }

  @Test
  void holdsWhatThePolicyAsksForAndCannotBeHad() {
    SampleArtifact file = attested("1.82.6", USUAL);
    upstream.on(FakeIndex.provenanceOf(file)).answers(404);

    assertThat(text(get(index(vetted(asking())), file)))
        .contains("\"code\":\"provenance-missing\"", "could not be had");
  }

  @Test
  void refusesWhatSomebodyElsePublishedThanThePolicySays() {
    SampleArtifact file = attested("1.82.6", OTHER);

    RunningIndex index = index(vetted(asking("github:BerriAI/litellm")));

    assertThat(text(get(index, file))).contains("\"code\":\"provenance-publisher-unexpected\"");
    assertThat(why(index, file).path("verdict").asString("")).isEqualTo("refuse");
    index.apply(vetted(asking("github:BerriAl/litellm")));
    assertThat(get(index, file).statusCode()).isEqualTo(200);
  }
}
