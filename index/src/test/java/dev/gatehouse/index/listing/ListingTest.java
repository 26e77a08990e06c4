package dev.gatehouse.index.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.index.mirror.KeptFile;
import dev.gatehouse.index.mirror.KeptFiles;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.KnownProject;
import dev.gatehouse.index.mirror.Seen;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.simple.ProjectStatus;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.upstream.Validator;
import dev.gatehouse.vetting.Standings;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final ProjectName DEMO = ProjectName.parse("demo");
  private static final String WHEEL = "demo-1.0-py3-none-any.whl";
  private static final Instant SEEN = Instant.parse("2026-03-24T10:52:00Z");
  private static final Instant UPLOADED = Instant.parse("2026-03-01T00:00:00Z");
  private static final Sha256 FIRST = Sha256.parse("a".repeat(64));
  private static final Sha256 LATER = Sha256.parse("b".repeat(64));
  private static final Sha256 METADATA = Sha256.parse("c".repeat(64));
  private static final KeptFiles NOTHING = KeptFiles.none();

  private static PageFile.Builder wheel() {
    return PageFile.builder(
        ArtifactName.parse(WHEEL, DEMO), URI.create("https://files.example/" + WHEEL));
  }

  private static KnownProject known(PageFile file, @Nullable Sha256 firstSeen) {
    ProjectPage page = new ProjectPage(DEMO, ProjectStatus.active(), List.of("1.0"), List.of(file));
    Map<String, Seen> seen = Map.of(WHEEL, new Seen(firstSeen, SEEN));
    return new KnownProject("up", page, seen, new Validator(null, null), SEEN);
  }

  private static KeptFiles kept(Sha256 sha256, long size) {
    return NOTHING.with(WHEEL, Kind.ARTIFACT, new KeptFile(sha256, size));
  }

  private static ListedFile only(KnownProject project, KeptFiles kept, Policy policy) {
    return new Listing(project, kept, Standings.of(DEMO, policy), false, SEEN)
        .find(WHEEL)
        .orElseThrow();
  }

  private static Policy denying(String reason) {
    DenyRule rule = new DenyRule(DEMO, List.of(SpecifierSet.parse("==1.0")), reason);
    return new Policy(Mode.OBSERVE, List.of(), List.of(), List.of(rule));
  }

  private static Policy naming(Sha256 bytes) {
    AllowRule rule = new AllowRule(DEMO, List.of(), Set.of(bytes));
    return new Policy(Mode.OBSERVE, List.of(), List.of(rule), List.of());
  }

  @Test
  void tellsWhatResolversTakeInsteadOfTheNewest() {
    PageFile newer =
        PageFile.builder(
                ArtifactName.parse("demo-2.0-py3-none-any.whl", DEMO),
                URI.create("https://files.example/demo-2.0-py3-none-any.whl"))
            .build();
    ProjectPage page =
        new ProjectPage(
            DEMO, ProjectStatus.active(), List.of("1.0", "2.0"), List.of(wheel().build(), newer));
    KnownProject project = new KnownProject("up", page, Map.of(), new Validator(null, null), SEEN);
    DenyRule rule = new DenyRule(DEMO, List.of(SpecifierSet.parse("==2.0")), "");
    Policy denying = new Policy(Mode.OBSERVE, List.of(), List.of(), List.of(rule));

    assertThat(fallback(project, denying))
        .contains(new Fallback(Version.parse("2.0"), Version.parse("1.0"), List.of()));
    assertThat(fallback(project, Policy.observing())).isEmpty();
  }

  private static Optional<Fallback> fallback(KnownProject project, Policy policy) {
    return new Listing(project, NOTHING, Standings.of(DEMO, policy), false, SEEN).fallback();
  }

  @Nested
  class WhatIsShown {
    @Test
    void hasOurAddressAndTheUpstreamsTime() {
      PageFile file = wheel().sha256(FIRST).size(10L).uploadTime(UPLOADED).build();
      PageFile shown = only(known(file, FIRST), NOTHING, Policy.observing()).shown();

      assertThat(shown.url()).isEqualTo(URI.create("../../files/demo/" + WHEEL));
      assertThat(shown.uploadTime()).isEqualTo(UPLOADED);
      assertThat(shown.firstSeen()).isEqualTo(SEEN);
    }

    @Test
    void isDatedByWhenItWasFirstSeenWhereTheUpstreamGivesNoTime() {
      PageFile file = wheel().sha256(FIRST).build();

      assertThat(only(known(file, FIRST), NOTHING, Policy.observing()).shown().uploadTime())
          .isEqualTo(SEEN);
    }

    @Test
    void learnsHashAndSizeFromWhatIsKept() {
      PageFile shown =
          only(known(wheel().build(), null), kept(FIRST, 77), Policy.observing()).shown();

      assertThat(shown.sha256()).contains(FIRST);
      assertThat(shown.size()).isEqualTo(77);
    }

    @Test
    void offersTheWheelsOwnMetadataWhereTheUpstreamOffersNone() {
      KeptFiles kept = kept(FIRST, 77).with(WHEEL, Kind.METADATA, new KeptFile(METADATA, 7));
      ListedFile file = only(known(wheel().sha256(FIRST).build(), FIRST), kept, Policy.observing());

      assertThat(file.shown().metadata()).isEqualTo(MetadataOffer.hashed(METADATA));
      assertThat(file.wanted(Kind.METADATA, null)).isPresent();
    }

    @Test
    void offersNoMetadataThatCannotBeServed() {
      ListedFile file =
          only(known(wheel().sha256(FIRST).build(), FIRST), NOTHING, Policy.observing());

      assertThat(file.shown().metadata()).isEqualTo(MetadataOffer.none());
      assertThat(file.wanted(Kind.METADATA, null)).isEmpty();
    }
  }

  @Nested
  class WhatIsRefused {
    private final PageFile full =
        wheel()
            .sha256(FIRST)
            .metadata(MetadataOffer.hashed(METADATA))
            .provenance(URI.create("https://up.example/provenance"))
            .build();

    @Test
    void isShownAsYankedWithTheReasonAndWithoutMetadataAndProvenance() {
      PageFile shown = only(known(full, FIRST), NOTHING, denying("MAL-2026-2144")).shown();

      assertThat(shown.yank()).isEqualTo(new Yank.Yanked("Gatehouse: refuse: MAL-2026-2144"));
      assertThat(shown.metadata()).isEqualTo(MetadataOffer.none());
      assertThat(shown.provenance()).isNull();
    }

    @Test
    void isShownAsItIsOnceTheRuleIsGone() {
      PageFile shown = only(known(full, FIRST), NOTHING, Policy.observing()).shown();

      assertThat(shown.yank()).isEqualTo(Yank.notYanked());
      assertThat(shown.metadata()).isEqualTo(MetadataOffer.hashed(METADATA));
      assertThat(shown.provenance())
          .isEqualTo(URI.create("integrity/demo/1.0/" + WHEEL + "/provenance"));
    }
  }

  @Nested
  class WhenTheUpstreamChangesTheBytes {
    private final KnownProject changed =
        known(wheel().sha256(LATER).metadata(MetadataOffer.hashed(METADATA)).build(), FIRST);

    @Test
    void theNewOnesAreHeld() {
      ListedFile file = only(changed, NOTHING, Policy.observing());

      assertThat(file.verdict().word()).isEqualTo("hold");
      assertThat(file.verdict().reason().code()).isEqualTo("bytes-changed");
    }

    @Test
    void theOldOnesStayWhatTheyAreWhereTheyAreKept() {
      ListedFile file = only(changed, kept(FIRST, 77), Policy.observing());

      assertThat(file.verdict().admitted()).isTrue();
      assertThat(file.shown().hashes()).isEqualTo(Map.of("sha256", FIRST.hex()));
      assertThat(file.shown().metadata()).isEqualTo(MetadataOffer.none());
    }

    @Test
    void theNewOnesAreServedOnceARuleNamesThem() {
      ListedFile file = only(changed, kept(FIRST, 77), naming(LATER));

      assertThat(file.verdict().admitted()).isTrue();
      assertThat(file.shown().sha256()).contains(LATER);
    }

    @Test
    void aPageThatGivesNoHashAnyMoreDoesNotFreeThem() {
      ListedFile file = only(known(wheel().build(), FIRST), NOTHING, Policy.observing());

      assertThat(file.file().sha256()).contains(FIRST);
      assertThat(file.verdict().admitted()).isTrue();
    }
  }
}
