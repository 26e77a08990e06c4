package dev.gatehouse.upstream;

import static dev.gatehouse.samples.SdistBuilder.sdist;
import static dev.gatehouse.samples.WheelBuilder.wheel;
import static dev.gatehouse.upstream.Outcomes.bytes;
import static dev.gatehouse.upstream.Outcomes.content;
import static dev.gatehouse.upstream.Outcomes.failure;
import static dev.gatehouse.upstream.Outcomes.only;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SimpleTree;
import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderUpstreamTest {
  private static final ProjectName ACME = ProjectName.parse("acme");
  private static final SampleArtifact WHEEL = wheel("acme", "1.0").build();

  @TempDir Path temporary = Path.of("");

  private final Outbound outbound = new Outbound(OutboundSettings.direct());

  @BeforeEach
  void makeRoot() throws IOException {
    Files.createDirectory(root());
  }

  @AfterEach
  void close() throws IOException {
    outbound.close();
  }

  @Nested
  class AProjectsOwnFolder {
    @Test
    void goesBeforeWhatLiesInTheRoot() throws Exception {
      wheel("acme", "2.0").build().writeTo(root());
      WHEEL.writeTo(Files.createDirectory(root().resolve("acme")));

      assertThat(filenames(fresh(ACME))).containsExactly(WHEEL.filename());
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup.py", "other-1.0-py3-none-any.whl", "acme-1.0.egg"})
    void isSomeOtherFolderWhenItHoldsNothingOfTheProject(String content) throws Exception {
      WHEEL.writeTo(root());
      Files.writeString(Files.createDirectory(root().resolve("acme")).resolve(content), "x");

      assertThat(filenames(fresh(ACME))).containsExactly(WHEEL.filename());
    }

    @Test
    void offersNothingThatItsPageDoesNotList() throws Exception {
      SimpleTree.in(root()).add(WHEEL).write();
      wheel("acme", "2.0").build().writeTo(root().resolve("acme"));

      assertThat(filenames(fresh(ACME))).containsExactly(WHEEL.filename());
    }

    @Test
    void saysInJsonWhatItSaysInHtmlToo() throws Exception {
      SimpleTree.in(root()).add(WHEEL, offer -> offer.yanked("broken")).write();

      assertThat(only(fresh(ACME)).yank()).isEqualTo(new Yank.Yanked("broken"));
      assertThat(only(fresh(ACME)).uploadTime()).isNotNull();
    }

    @Test
    void isUnavailableWhenItsPageIsMalformed() throws Exception {
      WHEEL.writeTo(Files.createDirectory(root().resolve("acme")));
      Files.writeString(root().resolve("acme/index.json"), "{");

      assertThat(failure(page(ACME)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void keepsAHashThatTheFileDoesNotHave() throws Exception {
      SimpleTree.in(root()).add(WHEEL, offer -> offer.withWrongHashes()).write();

      PageFile file = only(fresh(ACME));

      assertThat(file.sha256()).isPresent();
      assertThat(file.sha256()).isNotEqualTo(Optional.of(WHEEL.sha256()));
    }

    @Test
    void addsAHashWhereThePageHasNone() throws Exception {
      SimpleTree.in(root()).add(WHEEL, offer -> offer.hashedBy("md5")).write();

      PageFile file = only(fresh(ACME));

      assertThat(file.sha256()).contains(WHEEL.sha256());
      assertThat(file.hashes()).containsKey("md5");
    }

    @Test
    void offersTheWheelsOwnMetadataWhateverThePageAndItsNeighbourSay() throws Exception {
      SimpleTree.in(root())
          .add(WHEEL, offer -> offer.withOtherMetadata("Metadata-Version: 2.1".getBytes(UTF_8)))
          .write();

      PageFile file = only(fresh(ACME));

      assertThat(file.metadata()).isEqualTo(MetadataOffer.hashed(Sha256.digest(WHEEL.metadata())));
      assertThat(bytes(upstream().metadata(file))).isEqualTo(WHEEL.metadata());
    }

    @Test
    void givesTheProvenanceThatLiesInIt() throws Exception {
      SimpleTree.in(root()).add(WHEEL, offer -> offer.provenance("{\"version\": 1}")).write();

      assertThat(bytes(upstream().provenance(only(fresh(ACME)))))
          .isEqualTo("{\"version\": 1}".getBytes(UTF_8));
    }
  }

  @Nested
  class APageThatPointsOutside {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "../../outside/acme-1.0-py3-none-any.whl",
          "%2e%2e/%2e%2e/outside/acme-1.0-py3-none-any.whl",
          "..%2f..%2foutside/acme-1.0-py3-none-any.whl",
          "https://example.com/acme-1.0-py3-none-any.whl",
          "//example.com/acme-1.0-py3-none-any.whl",
          "link/acme-1.0-py3-none-any.whl",
          "acme-1.0-py3-none-any.whl?x=/../../outside",
        })
    void losesThatFileAndSaysSo(String address) throws Exception {
      Path outside = Files.createDirectory(temporary.resolve("outside"));
      WHEEL.writeTo(outside);
      Path folder = Files.createDirectory(root().resolve("acme"));
      Files.createSymbolicLink(folder.resolve("link"), outside);
      writePage(folder, address);

      PageOutcome.Fresh fresh = fresh(ACME);

      assertThat(fresh.page().files()).isEmpty();
      assertThat(fresh.problems())
          .singleElement()
          .asString()
          .startsWith("dropped \"acme-1.0-py3-none-any.whl\"");
    }

    @Test
    void losesAFileThatAnAbsoluteAddressNames() throws Exception {
      Path outside = Files.createDirectory(temporary.resolve("outside"));
      writePage(
          Files.createDirectory(root().resolve("acme")), WHEEL.writeTo(outside).toUri().toString());

      assertThat(fresh(ACME).page().files()).isEmpty();
    }

    @Test
    void mayPointElsewhereInside() throws Exception {
      WHEEL.writeTo(Files.createDirectories(root().resolve("packages/a b")));
      writePage(
          Files.createDirectory(root().resolve("acme")), "../packages/a%20b/" + WHEEL.filename());

      PageOutcome.Fresh fresh = fresh(ACME);

      assertThat(fresh.problems()).isEmpty();
      assertThat(bytes(upstream().artifact(only(fresh)))).isEqualTo(WHEEL.bytes());
    }

    @Test
    void losesProvenanceThatLiesOutside() throws Exception {
      Files.writeString(temporary.resolve("secret"), "s3cret");
      Path folder = Files.createDirectory(root().resolve("acme"));
      WHEEL.writeTo(folder);
      Files.writeString(
          folder.resolve("index.html"),
          "<a href=\"%1$s\" data-provenance=\"../../secret\">%1$s</a>".formatted(WHEEL.filename()));

      PageOutcome.Fresh fresh = fresh(ACME);

      assertThat(only(fresh).provenance()).isNull();
      assertThat(fresh.problems()).singleElement().asString().contains("provenance");
    }

    private void writePage(Path folder, String address) throws IOException {
      Files.writeString(
          folder.resolve("index.html"),
          "<a href=\"%s\">%s</a>".formatted(address, WHEEL.filename()));
    }
  }

  @Nested
  class ALink {
    @Test
    void outOfTheFolderIsDropped() throws Exception {
      Path outside = WHEEL.writeTo(temporary);
      Files.createSymbolicLink(root().resolve(WHEEL.filename()), outside);

      PageOutcome.Fresh fresh = fresh(ACME);

      assertThat(fresh.page().files()).isEmpty();
      assertThat(fresh.problems()).singleElement().asString().contains("outside");
    }

    @Test
    void thatAppearsAfterTheListingIsNotFollowed() throws Exception {
      Path listed = WHEEL.writeTo(root());
      PageFile file = only(fresh(ACME));
      Files.move(listed, temporary.resolve("moved"));
      Files.createSymbolicLink(listed, temporary.resolve("moved"));

      assertThat(failure(upstream().artifact(file)).code()).isEqualTo(Code.ADDRESS);
      assertThat(failure(upstream().metadata(file)).code()).isEqualTo(Code.ADDRESS);
    }

    @Test
    void insideOfTheFolderIsFollowed() throws Exception {
      Path kept = WHEEL.writeTo(Files.createDirectory(root().resolve(".kept")));
      Files.createSymbolicLink(root().resolve(WHEEL.filename()), kept);

      assertThat(bytes(upstream().artifact(only(fresh(ACME))))).isEqualTo(WHEEL.bytes());
    }

    @Test
    void toAProjectsFolderOutsideMakesItUnavailable() throws Exception {
      WHEEL.writeTo(temporary);
      Files.createSymbolicLink(root().resolve("acme"), temporary);

      assertThat(failure(page(ACME)).code()).isEqualTo(Code.ADDRESS);
      assertThat(upstream().projects()).isEmpty();
    }

    @Test
    void mayBeTheWholeFolder() throws Exception {
      WHEEL.writeTo(root());
      Path link = Files.createSymbolicLink(temporary.resolve("link"), root());
      Upstream upstream = upstream(link);

      PageOutcome.Fresh fresh = Outcomes.fresh(upstream.page(ACME, null));

      assertThat(bytes(upstream.artifact(only(fresh)))).isEqualTo(WHEEL.bytes());
    }
  }

  @Nested
  class AnAddress {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "file:/etc/passwd",
          "file:///etc/passwd",
          "file://localhost/etc/passwd",
          "https://example.com/acme-1.0-py3-none-any.whl",
          "file:/%00",
          "acme-1.0-py3-none-any.whl",
        })
    void thatNoPageGaveIsRefused(String address) throws Exception {
      WHEEL.writeTo(root());
      PageFile forged = only(fresh(ACME)).toBuilder().url(URI.create(address)).build();

      assertThat(failure(upstream().artifact(forged)).code()).isEqualTo(Code.ADDRESS);
      assertThat(failure(upstream().metadata(forged)).code()).isEqualTo(Code.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "%2e%2e/secret", "acme/../../secret", "..%2fsecret"})
    void thatClimbsOutIsRefused(String relative) throws Exception {
      Files.writeString(temporary.resolve("secret"), "s3cret");
      WHEEL.writeTo(root());
      PageFile forged =
          only(fresh(ACME)).toBuilder().url(URI.create(root().toUri() + relative)).build();

      assertThat(failure(upstream().artifact(forged)).code()).isEqualTo(Code.ADDRESS);
    }

    @Test
    void ofAFolderIsRefused() throws Exception {
      WHEEL.writeTo(root());
      PageFile forged = only(fresh(ACME)).toBuilder().url(root().toUri()).build();

      assertThat(failure(upstream().artifact(forged)).code()).isEqualTo(Code.ADDRESS);
    }
  }

  @Nested
  class AFileName {
    @ParameterizedTest
    @ValueSource(strings = {"acme", "acme-2"})
    void thatCanBeTwoProjectsIsNeithers(String project) throws Exception {
      sdist("acme-2", "1").build().named("acme-2-1.tar.gz").writeTo(root());

      PageOutcome.Fresh fresh = fresh(ProjectName.parse(project));

      assertThat(fresh.page().files()).isEmpty();
      assertThat(fresh.problems()).singleElement().asString().contains("2 projects");
      assertThat(upstream().projects()).isEmpty();
    }

    @Test
    void thatCanBeTwoProjectsIsItsFoldersOwn() throws Exception {
      sdist("acme-2", "1")
          .build()
          .named("acme-2-1.tar.gz")
          .writeTo(Files.createDirectory(root().resolve("acme-2")));

      assertThat(filenames(fresh(ProjectName.parse("acme-2")))).containsExactly("acme-2-1.tar.gz");
    }

    @Test
    void mayHoldDashesWhereOnlyOneReadingIsAVersion() throws Exception {
      sdist("zope.interface", "5.0").build().named("zope.interface-5.0.zip").writeTo(root());
      sdist("acme-tools", "1.0").build().named("acme-tools-1.0-rc1.zip").writeTo(root());

      assertThat(upstream().projects())
          .containsExactly(ProjectName.parse("acme-tools"), ProjectName.parse("zope-interface"));
      assertThat(page(ACME)).isEqualTo(new PageOutcome.Absent());
    }

    @Test
    void thatIsNoArtifactsIsPassedOver() throws Exception {
      WHEEL.writeTo(root());
      for (String other : List.of("README", "acme-1.0.egg", "acme-1.0.whl", "acme-.zip", "-.zip")) {
        Files.writeString(root().resolve(other), "x");
      }

      PageOutcome.Fresh fresh = fresh(ACME);

      assertThat(filenames(fresh)).containsExactly(WHEEL.filename());
      assertThat(fresh.problems()).isEmpty();
    }
  }

  @Nested
  class AFile {
    @Test
    void isListedByVersion() throws Exception {
      for (String version : List.of("1.10", "1.9", "1.9rc1")) {
        wheel("acme", version).build().writeTo(root());
      }

      assertThat(fresh(ACME).page().versions()).containsExactly("1.9rc1", "1.9", "1.10");
    }

    @Test
    void isHashedOnceForAsLongAsItStaysTheSame() throws Exception {
      Path file = WHEEL.writeTo(root());
      Upstream upstream = upstream();
      PageOutcome first = upstream.page(ACME, null);
      FileTime time = Files.getLastModifiedTime(file);
      overwriteLastByte(file);
      Files.setLastModifiedTime(file, time);

      assertThat(upstream.page(ACME, null)).isEqualTo(first);
    }

    @Test
    void isHashedAgainWhenItChanges() throws Exception {
      Path file = WHEEL.writeTo(root());
      Upstream upstream = upstream();
      PageOutcome first = upstream.page(ACME, null);
      FileTime time = Files.getLastModifiedTime(file);
      overwriteLastByte(file);
      Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plus(Duration.ofDays(1))));

      assertThat(upstream.page(ACME, null)).isNotEqualTo(first);
    }

    @Test
    void thatIsNoWheelInsideOffersNoMetadata() throws Exception {
      Files.writeString(root().resolve(WHEEL.filename()), "not a zip");

      PageFile file = only(fresh(ACME));

      assertThat(file.metadata()).isEqualTo(MetadataOffer.none());
      assertThat(upstream().metadata(file)).isEqualTo(new FileOutcome.Absent());
    }

    @Test
    void thatShrinksWhileItIsReadIsRefused() throws Exception {
      Path file = wheel("acme", "1.0").padding(500_000).build().writeTo(root());
      try (FileOutcome.Content content = content(upstream().artifact(only(fresh(ACME))))) {
        Files.writeString(file, "short", StandardOpenOption.TRUNCATE_EXISTING);

        assertThatExceptionOfType(UpstreamReadException.class)
            .isThrownBy(() -> content.body().readAllBytes())
            .satisfies(e -> assertThat(e.failure().code()).isEqualTo(Code.TRUNCATED));
      }
    }

    @Test
    void thatGrowsWhileItIsReadIsRefused() throws Exception {
      Path file = WHEEL.writeTo(root());
      try (FileOutcome.Content content = content(upstream().artifact(only(fresh(ACME))))) {
        Files.writeString(file, "more", StandardOpenOption.APPEND);

        assertThatExceptionOfType(UpstreamReadException.class)
            .isThrownBy(() -> content.body().readAllBytes())
            .satisfies(e -> assertThat(e.failure().code()).isEqualTo(Code.TOO_LARGE));
      }
    }

    private void overwriteLastByte(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes, StandardOpenOption.WRITE);
    }
  }

  @Nested
  class AFolder {
    @Test
    void mayBeFilledAfterTheStart() throws Exception {
      Upstream upstream = upstream();
      assertThat(upstream.page(ACME, null)).isEqualTo(new PageOutcome.Absent());
      WHEEL.writeTo(root());

      assertThat(upstream.page(ACME, null)).isInstanceOf(PageOutcome.Fresh.class);
    }

    @Test
    void mayBeMissingAtTheStart() throws Exception {
      Upstream upstream = upstream(temporary.resolve("later"));
      UpstreamFailure failure = failure(upstream.page(ACME, null));
      assertThat(failure.code()).isEqualTo(Code.FOLDER);
      assertThat(failure.problem()).contains("does not exist");

      WHEEL.writeTo(Files.createDirectory(temporary.resolve("later")));

      assertThat(upstream.page(ACME, null)).isInstanceOf(PageOutcome.Fresh.class);
    }

    @Test
    void thatIsAFileIsUnavailable() throws Exception {
      Path file = WHEEL.writeTo(temporary);

      assertThat(failure(upstream(file).page(ACME, null)).code()).isEqualTo(Code.FOLDER);
    }

    @Test
    void thatMayNotBeReadIsUnavailable() throws Exception {
      WHEEL.writeTo(root());
      Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("---------"));
      try {
        assumeThat(Files.isReadable(root())).as("root reads everything").isFalse();

        assertThat(failure(page(ACME)).code()).isEqualTo(Code.FOLDER);
      } finally {
        Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwx------"));
      }
    }

    @Test
    void tellsNoPathOfThisMachine() throws Exception {
      UpstreamFailure failure = failure(upstream(temporary.resolve("gone")).page(ACME, null));

      assertThat(failure.message()).doesNotContain(temporary.toString());
    }

    @Test
    void isFreshForAMoment() throws Exception {
      WHEEL.writeTo(root());

      assertThat(fresh(ACME).maxAge()).isEqualTo(Duration.ofSeconds(5));
      assertThat(fresh(ACME).validator()).isEqualTo(Validator.none());
    }
  }

  private Path root() {
    return temporary.resolve("root");
  }

  private Upstream upstream() {
    return upstream(root());
  }

  private Upstream upstream(Path folder) {
    return Upstreams.open(
        new UpstreamSettings("folder", folder.toUri(), null, List.of(), List.of()), outbound);
  }

  private PageOutcome page(ProjectName project) {
    return upstream().page(project, null);
  }

  private PageOutcome.Fresh fresh(ProjectName project) {
    return Outcomes.fresh(page(project));
  }

  private static List<String> filenames(PageOutcome.Fresh fresh) {
    return fresh.page().files().stream().map(file -> file.name().filename()).toList();
  }
}
