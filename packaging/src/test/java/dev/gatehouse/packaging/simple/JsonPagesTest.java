package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.simple.PageSamples.BASE;
import static dev.gatehouse.packaging.simple.PageSamples.FOO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPagesTest {
  private static final String SHA = PageSamples.sha256("x").hex();
  private static final String WHEEL = "foo-1.0-py3-none-any.whl";

  private static ReadPage read(String json) throws IOException {
    return JsonPages.read(new ByteArrayInputStream(json.getBytes(UTF_8)), FOO, BASE);
  }

  /** A page with one file that has these members besides its name and address. */
  private static PageFile readFile(String members) throws IOException {
    ReadPage read = read(pageOf("{'filename': '%s', 'url': 'x.whl' %s}".formatted(WHEEL, members)));
    assertThat(read.problems()).isEmpty();
    return read.page().files().getFirst();
  }

  private static String pageOf(String files) {
    return "{'meta': {'api-version': '1.1'}, 'name': 'foo', 'files': [%s]}"
        .formatted(files)
        .replace('\'', '"');
  }

  @Nested
  class Reads {
    @Test
    void everythingThatAPageSays() throws IOException {
      String json =
          """
          {"_ours": [[1, {"x": null}]], "files": [{
             "filename": "foo-1.0-py3-none-any.whl", "url": "../../files/foo-1.0-py3-none-any.whl",
             "hashes": {"blake2b": "xyz", "sha256": "%1$s"}, "size": 4096, "gpg-sig": true,
             "upload-time": "2026-03-24T10:39:00.123456Z", "requires-python": ">=3.8", "core-metadata": {"sha256": "%1$s"},
             "yanked": "broken", "provenance": "/integrity/foo/1.0/x/provenance", "_first-seen": "2026-03-25T00:00:00Z"}],
           "versions": ["0.9", "1.0"], "name": "Foo", "alternate-locations": [],
           "project-status": {"status": "deprecated", "reason": "use bar"}, "meta": {"api-version": "1.4", "_last-serial": 7}}
          """
              .formatted(SHA);
      ReadPage read = read(json);
      PageFile expected =
          PageSamples.file(WHEEL)
              .hash("sha256", SHA)
              .size(4096L)
              .uploadTime(Instant.parse("2026-03-24T10:39:00.123456Z"))
              .firstSeen(Instant.parse("2026-03-25T00:00:00Z"))
              .requiresPython(">=3.8")
              .metadata(MetadataOffer.hashed(PageSamples.sha256("x")))
              .yank(new Yank.Yanked("broken"))
              .provenance(URI.create("https://index.example/integrity/foo/1.0/x/provenance"))
              .build();
      assertThat(read.problems()).isEmpty();
      assertThat(read.page())
          .isEqualTo(
              new ProjectPage(
                  FOO,
                  new ProjectStatus(ProjectStatus.State.DEPRECATED, "use bar"),
                  List.of("0.9", "1.0"),
                  List.of(expected)));
    }

    @Test
    void theLeastThatAPageSays() throws IOException {
      PageFile file = readFile("");
      assertThat(file.hashes()).isEmpty();
      assertThat(file.sha256()).isEmpty();
      assertThat(file.size()).isNull();
      assertThat(file.uploadTime()).isNull();
      assertThat(file.metadata()).isEqualTo(MetadataOffer.none());
      assertThat(file.yank()).isEqualTo(Yank.notYanked());
      ReadPage page = read(pageOf(""));
      assertThat(page.page()).isEqualTo(ProjectPage.of(FOO, List.of()));
    }

    @Test
    void versionsOffTheFilesWhereNoneAreStated() throws IOException {
      ReadPage read =
          read(
              pageOf(
                  "{'filename': 'foo-1.0.tar.gz', 'url': 'a'}, {'filename': '%s', 'url': 'b'}"
                      .formatted(WHEEL)));
      assertThat(read.page().versions()).containsExactly("1.0");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "false | false",
          "null | false",
          "'' | false",
          "0 | false",
          "true | true",
          "'why' | true",
        })
    void yanksAsPipDoes(String value, boolean yanked) throws IOException {
      assertThat(readFile(", 'yanked': " + value).yank() instanceof Yank.Yanked).isEqualTo(yanked);
    }

    @Test
    void offersOfMetadataUnderEitherName() throws IOException {
      assertThat(readFile(", 'core-metadata': true").metadata())
          .isEqualTo(MetadataOffer.unhashed());
      assertThat(readFile(", 'core-metadata': {}").metadata()).isEqualTo(MetadataOffer.unhashed());
      assertThat(
              readFile(", 'dist-info-metadata': {'sha256': '%s'}".formatted(SHA))
                  .metadata()
                  .sha256())
          .contains(PageSamples.sha256("x"));
      assertThat(readFile(", 'dist-info-metadata': true, 'core-metadata': false").metadata())
          .isEqualTo(MetadataOffer.none());
      assertThat(readFile(", 'dist-info-metadata': true, 'core-metadata': null").metadata())
          .isEqualTo(MetadataOffer.unhashed());
    }

    @Test
    void hashesOfKnownAlgorithmsInTheirOrder() throws IOException {
      PageFile file =
          readFile(
              ", 'hashes': {'MD5': '%s', 'crc32': '00', 'sha512': 'short', 'SHA256': '%s', 'sha1': null}"
                  .formatted("A".repeat(32), SHA.toUpperCase(Locale.ROOT)));
      assertThat(file.hashes())
          .containsExactly(Map.entry("md5", "a".repeat(32)), Map.entry("sha256", SHA));
    }

    @Test
    void timesWithAnOffset() throws IOException {
      assertThat(readFile(", 'upload-time': '2026-01-01T02:00:00+02:00'").uploadTime())
          .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void whatAQuarantinedPageStillLists() throws IOException {
      String json = pageOf("{'filename': '%s', 'url': 'x'}".formatted(WHEEL));
      ReadPage read =
          read(
              json.replace(
                  "\"name\"", "\"project-status\": {\"status\": \"quarantined\"}, \"name\""));
      assertThat(read.page().status().state()).isEqualTo(ProjectStatus.State.QUARANTINED);
      assertThat(read.page().files()).hasSize(1);
    }
  }

  @Nested
  class Drops {
    private void drops(String file, String reason) throws IOException {
      ReadPage read = read(pageOf(file + ", {'filename': 'foo-2.0.tar.gz', 'url': 'y'}"));
      assertThat(read.page().files())
          .extracting(kept -> kept.name().filename())
          .containsExactly("foo-2.0.tar.gz");
      assertThat(read.problems())
          .singleElement()
          .asString()
          .startsWith("dropped ")
          .contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "foo-1.0.egg",
          "foo-1.0.exe",
          "bar-1.0.tar.gz",
          "foo-x.tar.gz",
          "../foo-1.0.tar.gz",
          "foo-1.0.tar.gz "
        })
    void filesThatAreNoArtifactsOfTheProject(String filename) throws IOException {
      drops("{'filename': '%s', 'url': 'x'}".formatted(filename), filename);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "javascript:alert(1)",
          "data:text/plain,x",
          "ftp://x/y",
          "file:///etc/passwd",
          "http:",
          "https:///x",
          "mailto:a@b",
          "http://[",
          "a b",
          "\\\\\\\\host\\\\x",
          "jar:file:/x!/y",
          "%zz"
        })
    void addressesThatNothingMayBeFetchedFrom(String url) throws IOException {
      drops("{'filename': '%s', 'url': '%s'}".formatted(WHEEL, url), "address");
    }

    @Test
    void filesWithoutNameOrAddress() throws IOException {
      drops("{'url': 'x'}", "a name and an address");
      drops("{'filename': '%s'}".formatted(WHEEL), "a name and an address");
      drops("{'filename': '%s', 'url': 7}".formatted(WHEEL), "a name and an address");
      drops("7", "a name and an address");
      drops("null", "a name and an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'abc'", "null", "7", "{}"})
    void filesWhoseSha256IsMalformed(String hash) throws IOException {
      drops(
          "{'filename': '%s', 'url': 'x', 'hashes': {'sha256': %s}}".formatted(WHEEL, hash),
          "its SHA-256 is malformed");
    }

    @Test
    void filesWhoseHashesContradictEachOther() throws IOException {
      drops(
          "{'filename': '%s', 'url': 'x', 'hashes': {'sha256': '%s', 'SHA256': '%s'}}"
              .formatted(WHEEL, SHA, PageSamples.sha256("y")),
          "contradict each other");
    }

    @Test
    void theSecondOfTwoFilesWithOneName() throws IOException {
      ReadPage read =
          read(
              pageOf(
                  "{'filename': '%1$s', 'url': 'a'}, {'filename': '%1$s', 'url': 'b'}"
                      .formatted(WHEEL)));
      assertThat(read.page().files())
          .singleElement()
          .extracting(PageFile::url)
          .isEqualTo(BASE.resolve("a"));
      assertThat(read.problems())
          .containsExactly("dropped \"%s\": it is listed twice".formatted(WHEEL));
    }

    @Test
    void textThatIsTooLongToPassOn() throws IOException {
      drops(
          "{'filename': '%s', 'url': 'x', 'requires-python': '%s'}"
              .formatted(WHEEL, "x".repeat(5_000)),
          "at most 4096");
      drops("{'filename': '%s', 'url': '%s'}".formatted(WHEEL, "x".repeat(9_000)), "at most 8192");
    }

    @Test
    void whatAFileCanDoWithout() throws IOException {
      ReadPage read =
          read(
              pageOf(
                  "{'filename': '%s', 'url': 'x', 'size': -1, 'upload-time': 'yesterday', 'provenance': 'javascript:x', 'core-metadata': {'sha256': 'x'}}"
                      .formatted(WHEEL)));
      assertThat(read.page().files())
          .containsExactly(
              PageFile.builder(ArtifactName.parse(WHEEL, FOO), BASE.resolve("x")).build());
      assertThat(read.problems())
          .hasSize(4)
          .allMatch(problem -> problem.startsWith(WHEEL + ": "))
          .anyMatch(problem -> problem.contains("not a time: \"yesterday\""));
    }

    @Test
    void problemsBeyondAHundred() throws IOException {
      ReadPage read = read(pageOf("{'filename': 'evil\\n'},".repeat(250) + "{}"));
      assertThat(read.problems()).hasSize(101).last().isEqualTo("and 151 more");
      assertThat(read.problems()).noneMatch(problem -> problem.contains("\n"));
    }

    @Test
    void anUnknownStatus() throws IOException {
      ReadPage read =
          read(
              pageOf("")
                  .replace("\"name\"", "\"project-status\": {\"status\": \"cursed\"}, \"name\""));
      assertThat(read.page().status()).isEqualTo(ProjectStatus.active());
      assertThat(read.problems()).containsExactly("an unknown project status: \"cursed\"");
    }

    @Test
    void theEndOfALongReason() throws IOException {
      Yank yank = readFile(", 'yanked': '%s'".formatted("x".repeat(5_000))).yank();
      assertThat(((Yank.Yanked) yank).reason()).hasSize(4_096).endsWith("x…");
    }
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "null",
          "[]",
          "7",
          "{",
          "{}",
          "<!DOCTYPE html>",
          "{'name': 'foo', 'files': []}",
          "{'meta': {'api-version': '1.0'}, 'files': []}",
          "{'meta': {'api-version': '2.0'}, 'name': 'foo', 'files': []}",
          "{'meta': {'api-version': '10.0'}, 'name': 'foo', 'files': []}",
          "{'meta': {'api-version': 1.0}, 'name': 'foo', 'files': []}",
          "{'meta': {'api-version': '1.0'}, 'name': 'bar', 'files': []}",
          "{'meta': {'api-version': '1.0'}, 'name': 'foo/../bar', 'files': []}",
          "{'meta': {'api-version': '1.0'}, 'name': 'foo', 'files': []} {}",
          "{'meta': {'api-version': '1.0'}, 'name': 'foo', 'files': [",
          "{'meta': {'api-version': '1.0'}, 'name': 'foo', 'files': [}]}",
          "{'meta': {'api-version': '1.0'}, 'name': 'foo', 'files': [], 'x': 'a\nb'}",
        })
    void whatIsNoPageOfTheProject(String json) {
      assertThatThrownBy(() -> read(json.replace('\'', '"')))
          .isInstanceOf(MalformedException.class);
    }

    @Test
    void deepNestingLongStringsAndLongNames() {
      assertMalformed("[".repeat(100_000));
      assertMalformed("{'x':".repeat(100_000));
      assertMalformed("{'x': '" + "y".repeat(100_000) + "'}");
      assertMalformed("{'" + "y".repeat(100_000) + "': 1}");
      assertMalformed("{'x': 1" + "0".repeat(100_000) + "}");
    }

    @Test
    void moreFilesThanAnyPageHas() {
      assertThatThrownBy(() -> read(pageOf("{},".repeat(200_000) + "{}")))
          .isInstanceOf(MalformedException.class)
          .hasMessage("a page of foo lists more than 200000 files");
    }

    @Test
    void aPageThatNeverEnds() {
      assertThatThrownBy(() -> JsonPages.read(OddStreams.endless(), FOO, BASE))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("at most 268435456 bytes");
    }

    private void assertMalformed(String json) {
      assertThatThrownBy(() -> read(json.replace('\'', '"')))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void passesOnThatTheStreamBroke() {
    InputStream in = OddStreams.cutOff("{\"name\"".getBytes(UTF_8));
    assertThatThrownBy(() -> JsonPages.read(in, FOO, BASE))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("cut off");
  }

  @Nested
  class Writes {
    @Test
    void everyKeyOnceAndInOrder() {
      PageFile file =
          PageSamples.file(WHEEL)
              .url(URI.create("../../files/foo/" + WHEEL))
              .hash("sha256", SHA)
              .size(1L)
              .uploadTime(Instant.parse("2026-03-24T10:39:00Z"))
              .firstSeen(Instant.parse("2026-03-24T10:39:00.5Z"))
              .requiresPython(">=3.8")
              .metadata(MetadataOffer.hashed(PageSamples.sha256("x")))
              .yank(new Yank.Yanked("why"))
              .provenance(URI.create("https://index.example/p"))
              .build();
      assertThat(new String(JsonPages.write(PageSamples.page(file)), UTF_8))
          .isEqualTo(
              """
              {"meta":{"api-version":"1.4"},"name":"foo","project-status":{"status":"active"},"versions":["1.0"],\
              "files":[{"filename":"foo-1.0-py3-none-any.whl","url":"../../files/foo/foo-1.0-py3-none-any.whl",\
              "hashes":{"sha256":"%1$s"},"size":1,"upload-time":"2026-03-24T10:39:00.000000Z",\
              "_first-seen":"2026-03-24T10:39:00.500000Z","requires-python":">=3.8","core-metadata":{"sha256":"%1$s"},\
              "dist-info-metadata":{"sha256":"%1$s"},"yanked":"why","provenance":"https://index.example/p"}]}"""
                  .formatted(SHA));
    }

    @Test
    void noMoreThanIsTrueOfAFileOfWhichNothingIsKnown() {
      assertThat(
              new String(
                  JsonPages.write(PageSamples.page(PageSamples.file("foo-1.0.zip").build())),
                  UTF_8))
          .isEqualTo(
              """
              {"meta":{"api-version":"1.0"},"name":"foo","project-status":{"status":"active"},"versions":["1.0"],\
              "files":[{"filename":"foo-1.0.zip","url":"https://index.example/files/foo-1.0.zip","hashes":{},\
              "core-metadata":false,"dist-info-metadata":false,"yanked":false}]}""");
    }

    @Test
    void noFilesOfAQuarantinedProject() {
      ProjectPage page =
          new ProjectPage(
              FOO,
              new ProjectStatus(ProjectStatus.State.QUARANTINED, "malware"),
              List.of("1.0"),
              List.of(PageSamples.file(WHEEL).build()));
      assertThat(new String(JsonPages.write(page), UTF_8))
          .isEqualTo(
              "{\"meta\":{\"api-version\":\"1.4\"},\"name\":\"foo\",\"project-status\":{\"status\":\"quarantined\",\"reason\":\"malware\"},"
                  + "\"versions\":[\"1.0\"],\"files\":[]}");
    }
  }

  @Nested
  class Lists {
    @Test
    void areReadAsTheyWereWritten() throws IOException {
      List<ProjectName> projects = List.of(new ProjectName("b"), new ProjectName("a-c"));
      byte[] written = JsonPages.writeList(projects);
      assertThat(new String(written, UTF_8))
          .isEqualTo(
              "{\"meta\":{\"api-version\":\"1.4\"},\"projects\":[{\"name\":\"b\"},{\"name\":\"a-c\"}]}");
      assertThat(JsonPages.readList(new ByteArrayInputStream(written))).isEqualTo(projects);
    }

    @Test
    void leaveOutWhatIsNoName() throws IOException {
      String json =
          "{\"meta\":{\"api-version\":\"1.0\"},\"projects\":[{\"name\":\"../x\"},{\"name\":\"A.b\"},{},7]}";
      assertThat(JsonPages.readList(new ByteArrayInputStream(json.getBytes(UTF_8))))
          .containsExactly(new ProjectName("a-b"));
    }

    @Test
    void ofAnotherMajorVersionAreRefused() {
      byte[] json = "{\"meta\":{\"api-version\":\"2.0\"},\"projects\":[]}".getBytes(UTF_8);
      assertThatThrownBy(() -> JsonPages.readList(new ByteArrayInputStream(json)))
          .isInstanceOf(MalformedException.class);
    }
  }
}
