package dev.gatehouse.upstream;

import static dev.gatehouse.samples.SdistBuilder.sdist;
import static dev.gatehouse.samples.WheelBuilder.wheel;
import static dev.gatehouse.upstream.Outcomes.bytes;
import static dev.gatehouse.upstream.Outcomes.content;
import static dev.gatehouse.upstream.Outcomes.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each upstream does, wherever and in whatever form its index lies. */
abstract class UpstreamContract {
  static final ProjectName ACME = ProjectName.parse("acme");

  /** The upstream, of an index that holds what was published so far. */
  abstract Upstream upstream() throws IOException;

  /** Publishes an artifact. */
  abstract void publish(SampleArtifact artifact) throws IOException;

  /** Takes a file away that stays listed where lists are kept. */
  abstract void losesFile(SampleArtifact artifact) throws IOException;

  /** Makes the whole index unreachable. */
  abstract void goesDown() throws IOException;

  @Test
  void listsEachArtifactWithItsHash() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").build();
    SampleArtifact sdist = sdist("acme", "0.9").build();
    publish(wheel);
    publish(sdist);

    ProjectPage page = fresh(ACME).page();

    Map<String, Sha256> hashes =
        page.files().stream()
            .collect(
                Collectors.toMap(
                    file -> file.name().filename(), file -> file.sha256().orElseThrow()));
    assertThat(hashes)
        .containsOnly(
            entry(wheel.filename(), wheel.sha256()), entry(sdist.filename(), sdist.sha256()));
    assertThat(page.versions()).containsExactlyInAnyOrder("0.9", "1.0");
  }

  @Test
  void statesNoSizeButTheTrueOne() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").build();
    publish(wheel);

    assertThat(only(fresh(ACME)).size()).isIn(null, wheel.size());
  }

  @Test
  void tellsWhichPythonsAWheelIsFor() throws Exception {
    publish(wheel("acme", "1.0").requiresPython(">=3.9, <4").build());

    assertThat(only(fresh(ACME)).requiresPython()).isEqualTo(">=3.9, <4");
    assertThat(only(fresh(ACME)).yank()).isEqualTo(Yank.notYanked());
  }

  @Test
  void givesAnArtifactByteForByte() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").padding(300_000).build();
    publish(wheel);

    try (FileOutcome.Content content = content(upstream().artifact(only(fresh(ACME))))) {
      assertThat(content.length()).isEqualTo(wheel.size());
      assertThat(content.body().readAllBytes()).isEqualTo(wheel.bytes());
    }
  }

  @Test
  void givesTheMetadataWhoseHashItOffers() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").requiresDist("idna>=3").build();
    publish(wheel);
    PageFile file = only(fresh(ACME));

    byte[] metadata = bytes(upstream().metadata(file));

    assertThat(metadata).isEqualTo(wheel.metadata());
    assertThat(file.metadata().sha256()).contains(Sha256.digest(metadata));
  }

  @Test
  void offersNoMetadataOfAnSdist() throws Exception {
    publish(sdist("acme", "1.0").build());
    PageFile file = only(fresh(ACME));

    assertThat(file.metadata()).isEqualTo(MetadataOffer.none());
    assertThat(upstream().metadata(file)).isEqualTo(new FileOutcome.Absent());
  }

  @Test
  void hasNoProvenanceOfWhatStatesNone() throws Exception {
    publish(wheel("acme", "1.0").build());

    assertThat(upstream().provenance(only(fresh(ACME)))).isEqualTo(new FileOutcome.Absent());
  }

  @Test
  void saysThatAnUnknownProjectIsAbsent() throws Exception {
    publish(wheel("acme", "1.0").build());

    assertThat(upstream().page(ProjectName.parse("acm"), null)).isEqualTo(new PageOutcome.Absent());
    assertThat(upstream().page(ProjectName.parse("acme-tools"), null))
        .isEqualTo(new PageOutcome.Absent());
  }

  @Test
  void saysThatAFileThatIsGoneIsAbsent() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").build();
    publish(wheel);
    PageFile file = only(fresh(ACME));

    losesFile(wheel);

    assertThat(upstream().artifact(file)).isEqualTo(new FileOutcome.Absent());
  }

  @Test
  void neverTakesAnOutageForAbsence() throws Exception {
    publish(wheel("acme", "1.0").build());
    Upstream upstream = upstream();
    PageFile file = only(fresh(ACME));

    goesDown();

    assertThat(upstream.page(ACME, null)).isInstanceOf(PageOutcome.Unavailable.class);
    assertThat(upstream.page(ProjectName.parse("no-such"), null))
        .isInstanceOf(PageOutcome.Unavailable.class);
    assertThat(upstream.artifact(file)).isInstanceOf(FileOutcome.Unavailable.class);
    assertThat(upstream.metadata(file)).isInstanceOf(FileOutcome.Unavailable.class);
  }

  @Test
  void findsAProjectBySpellingsOfItsName() throws Exception {
    SampleArtifact wheel = wheel("Acme_Tools", "1.0").build();
    publish(wheel);

    for (String spelling :
        new String[] {"acme-tools", "ACME.Tools", "acme__tools", "Acme-._tools"}) {
      assertThat(only(fresh(ProjectName.parse(spelling))).sha256()).contains(wheel.sha256());
    }
  }

  @Test
  void keepsProjectsWithSimilarNamesApart() throws Exception {
    SampleArtifact acme = wheel("acme", "1.0").build();
    SampleArtifact tools = wheel("acme-tools", "1.0").build();
    publish(acme);
    publish(tools);

    assertThat(only(fresh(ACME)).sha256()).contains(acme.sha256());
    assertThat(only(fresh(ProjectName.parse("acme-tools"))).sha256()).contains(tools.sha256());
  }

  @Test
  void saysThatNothingChangedOnlyToWhoNamesAnEarlierPage() throws Exception {
    publish(wheel("acme", "1.0").build());

    assertThat(upstream().page(ACME, Validator.none())).isInstanceOf(PageOutcome.Fresh.class);
    assertThat(upstream().page(ACME, new Validator("\"of another page\"", null)))
        .isInstanceOf(PageOutcome.Fresh.class);
  }

  @Test
  void letsABodyBeLeftHalfRead() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").padding(3_000_000).build();
    publish(wheel);
    PageFile file = only(fresh(ACME));

    try (FileOutcome.Content content = content(upstream().artifact(file))) {
      assertThat(content.body().readNBytes(10)).hasSize(10);
    }

    try (FileOutcome.Content content = content(upstream().artifact(file))) {
      assertThat(Sha256.of(content.body())).isEqualTo(wheel.sha256());
    }
  }

  /** The page, which must be one of which nothing was dropped. */
  final PageOutcome.Fresh fresh(ProjectName project) throws IOException {
    PageOutcome.Fresh fresh = Outcomes.fresh(upstream().page(project, null));
    assertThat(fresh.problems()).isEmpty();
    return fresh;
  }
}
