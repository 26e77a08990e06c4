package dev.gatehouse.advisories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvisoriesTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("records.json");
  }

  private static List<Advisory> affecting(Advisories advisories, String project, String version) {
    return advisories.affecting(ProjectName.parse(project), Version.parse(version));
  }

  private static String record(String id, String more) {
    return """
        {"id": "%s", "modified": "2026-01-02T03:04:05Z", %s
         "affected": [{"package": {"ecosystem": "PyPI", "name": "Left.Pad"}, "versions": ["1.0", "1.1"]}]}"""
        .formatted(id, more);
  }

  private Advisories read(String json) throws IOException {
    Files.writeString(file, json);
    return Advisories.read(file);
  }

  @Nested
  class Matching {
    @Test
    void matchesAnySpellingOfNameAndVersion() throws IOException {
      Advisories advisories = read(record("PYSEC-1", ""));

      assertThat(affecting(advisories, "left_pad", "1.0.0")).extracting("id").contains("PYSEC-1");
      assertThat(affecting(advisories, "left-pad", "1.1+local.1")).isNotEmpty();
      assertThat(affecting(advisories, "left-pad", "1.2")).isEmpty();
      assertThat(affecting(advisories, "leftpad", "1.0")).isEmpty();
    }

    @Test
    void passesOverOtherEcosystemsAndCommits() throws IOException {
      Advisories advisories =
          read(
              """
              [{"id": "A", "affected": [{"package": {"ecosystem": "npm", "name": "x"}, "versions": ["1"]}]},
               {"id": "B", "affected": [
                 {"package": {"ecosystem": "npm", "name": "x"}, "versions": ["1"]},
                 {"package": {"ecosystem": "PyPI", "name": "x"},
                  "ranges": [{"type": "GIT", "repo": "https://a.example/", "events": [{"introduced": "0"}]},
                             {"type": "ECOSYSTEM", "events": [{"fixed": "3"}, {"introduced": "2"}]}]}]}]
              """);

      assertThat(advisories.size()).isEqualTo(1);
      assertThat(affecting(advisories, "x", "1")).isEmpty();
      assertThat(affecting(advisories, "x", "2.5"))
          .singleElement()
          .satisfies(
              found ->
                  assertThat(found.fixedIn(ProjectName.parse("x"), Version.parse("2.5")))
                      .contains(Version.parse("3")));
    }

    @Test
    void neverMatchesWhatWasWithdrawn() throws IOException {
      Advisories advisories = read(record("MAL-1", "\"withdrawn\": \"2026-01-02T00:00:00Z\","));

      assertThat(advisories.size()).isEqualTo(1);
      assertThat(affecting(advisories, "left-pad", "1.0")).isEmpty();
    }

    @Test
    void takesAnEmptyWithdrawalForNone() throws IOException {
      assertThat(affecting(read(record("MAL-1", "\"withdrawn\": null,")), "left-pad", "1.0"))
          .isNotEmpty();
    }

    @Test
    void believesTheNewestOfTwoRecordsWithOneId() throws IOException {
      String withdrawn =
          record("MAL-1", "\"withdrawn\": \"2026-02-01T00:00:00Z\",")
              .replace("2026-01-02T03:04:05Z", "2026-02-01T00:00:00Z");

      assertThat(
              affecting(read("[" + withdrawn + "," + record("MAL-1", "") + "]"), "left-pad", "1.0"))
          .isEmpty();
    }

    @Test
    void tellsRecordsThatAreAliasesOfOneMatterOnce() throws IOException {
      Advisories advisories =
          read(
              "[%s, %s, %s, %s]"
                  .formatted(
                      record("GHSA-1", "\"aliases\": [\"CVE-1\"],"),
                      record("PYSEC-1", "\"aliases\": [\"CVE-1\", \"CVE-2\"],"),
                      record("MAL-1", "\"aliases\": [\"CVE-2\"],"),
                      record("GHSA-9", "")));

      assertThat(affecting(advisories, "left-pad", "1.0"))
          .extracting("id")
          .containsExactly("MAL-1", "GHSA-9");
      assertThat(affecting(advisories, "left-pad", "1.0").getFirst().aliases())
          .containsExactly("CVE-1", "CVE-2", "GHSA-1", "PYSEC-1");
    }

    @Test
    void knowsHowOldItIs() throws IOException {
      assertThat(read(record("PYSEC-1", "")).newest())
          .contains(Instant.parse("2026-01-02T03:04:05Z"));
      assertThat(Advisories.none().newest()).isEmpty();
    }
  }

  @Nested
  class Kinds {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"database_specific\": {\"malicious-packages-origins\": [{\"source\": \"x\"}]},",
          "\"database_specific\": {\"cwe_ids\": [\"CWE-506\"], \"severity\": \"CRITICAL\"},",
          "\"summary\": \"Malicious code in left-pad (PyPI)\",",
          "\"summary\": \"Malware in left-pad\",",
          "\"details\": \"Malicious package. Exfiltrated secrets to a target server.\",",
          "\"details\": \"v1.0 to v1.1 was discovered to contain a code execution backdoor.\",",
        })
    void knowsMalwareByItsMarks(String mark) throws IOException {
      assertThat(affecting(read(record("GHSA-1", mark)), "left-pad", "1.0"))
          .extracting("kind")
          .containsExactly(AdvisoryKind.MALWARE);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "\"database_specific\": {\"malicious-packages-origins\": []},",
          "\"database_specific\": {\"cwe_ids\": [\"CWE-5\", \"CWE-94\"]},",
          "\"details\": \"A malicious user can craft a malicious package that is malware.\",",
        })
    void takesOtherRecordsForVulnerabilities(String mark) throws IOException {
      assertThat(affecting(read(record("GHSA-1", mark)), "left-pad", "1.0"))
          .extracting("kind")
          .containsExactly(AdvisoryKind.VULNERABILITY);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"database_specific\": {\"severity\": \"MODERATE\"}, | MEDIUM",
          "\"severity\": [{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}], | CRITICAL",
          "\"severity\": [{\"type\": \"CVSS_V4\", \"score\": \"CVSS:4.0/AV:N\"}], |",
        })
    void readsTheSeverity(String text, AdvisorySeverity severity) throws IOException {
      assertThat(affecting(read(record("GHSA-1", text)), "left-pad", "1.0").getFirst().severity())
          .isEqualTo(severity);
    }
  }

  @Nested
  class Sources {
    @Test
    void readsAFolderAndAZipAlike() throws IOException {
      Path records = Files.createDirectories(folder.resolve("records/PyPI"));
      Files.writeString(records.resolve("A.json"), record("A", ""));
      Files.writeString(records.resolve("B.json"), record("B", ""));
      Files.writeString(records.resolve("README.txt"), "none");
      Path zip = folder.resolve("all");
      try (OutputStream out = Files.newOutputStream(zip);
          ZipOutputStream entries = new ZipOutputStream(out)) {
        for (String id : List.of("A", "B")) {
          entries.putNextEntry(new ZipEntry(id + ".json"));
          entries.write(record(id, "").getBytes(UTF_8));
        }
      }

      assertThat(Advisories.read(folder.resolve("records")).size()).isEqualTo(2);
      assertThat(Advisories.read(zip).size()).isEqualTo(2);
    }

    @Test
    void readsAnAnswerOfTheQueryInterface() throws IOException {
      assertThat(read("{\"vulns\": [" + record("A", "") + "," + record("B", "") + "]}").size())
          .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "17",
          "{\"affected\": [{\"package\": {\"ecosystem\": \"PyPI\", \"name\": \"x\"}}]}",
          "{\"id\": \"B\", \"affected\": [{\"package\": {\"ecosystem\": \"PyPI\", \"name\": \"-\"}}]}",
          "{\"id\": \"B\", \"withdrawn\": 3, \"affected\": [{\"package\": {\"ecosystem\": \"PyPI\", \"name\": \"x\"}}]}",
          "{\"id\": \"B\", \"modified\": \"today\", \"affected\": [{\"package\": {\"ecosystem\": \"PyPI\", \"name\": \"x\"}}]}",
        })
    void tellsAMalformedRecordAndReadsTheRest(String malformed) throws IOException {
      Advisories advisories = read("[" + malformed + "," + record("A", "") + "]");

      assertThat(advisories.unread()).hasSize(1);
      assertThat(affecting(advisories, "left-pad", "1.0")).extracting("id").containsExactly("A");
    }

    @Test
    void takesARecordThatListsMoreThanAnyDoesForMalformed() throws IOException {
      String events = "{\"introduced\": \"1\"},".repeat(20_001) + "{\"fixed\": \"2\"}";
      String absurd =
          """
          {"id": "B", "affected": [{"package": {"ecosystem": "PyPI", "name": "left-pad"},
           "ranges": [{"type": "ECOSYSTEM", "events": [%s]}]}]}"""
              .formatted(events);

      Advisories advisories = read("[" + absurd + "," + record("A", "") + "]");

      assertThat(advisories.unread())
          .extracting(UnreadRecord::why)
          .containsExactly("it lists more than 20000 versions, events and the like");
      assertThat(affecting(advisories, "left-pad", "1.0")).extracting("id").containsExactly("A");
    }

    @Test
    void passesOverNumbersThatNobodyCounts() throws IOException {
      String absurd =
          """
          {"id": "B", "affected": [{"package": {"ecosystem": "PyPI", "name": "left-pad"},
           "versions": ["-1", "9%s", "1!0"],
           "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "9%s"}, {"fixed": "-7"}]}]}]}"""
              .formatted("9".repeat(100_000), "9".repeat(100));

      assertThat(affecting(read(absurd), "left-pad", "1!0")).isNotEmpty();
      assertThat(affecting(read(absurd), "left-pad", "1.0")).isEmpty();
    }

    @Test
    void refusesMoreRecordsThanThereAre() {
      String many = record("A", "").repeat(200_001);

      assertThatThrownBy(() -> read(many)).hasMessage("it holds more than 200000 records");
    }

    @Test
    void keepsWhatStoodBeforeTheEndOfACutFile() throws IOException {
      Advisories advisories = read("[" + record("A", "") + ", {\"id\": \"B\", \"aff");

      assertThat(advisories.size()).isEqualTo(1);
      assertThat(advisories.unread()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "<html>", "PK\u0003\u0004", "PK"})
    void refusesASourceWithoutRecords(String content) {
      assertThatThrownBy(() -> read(content)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesANestThatIsTooDeep() {
      assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IOException.class);
    }
  }

  @Nested
  class RealRecords {
    @Test
    void doesNotBlockFastapiForAFalseAlarm() throws IOException {
      Advisories advisories = Advisories.read(Corpus.advisories());

      assertThat(advisories.size()).isEqualTo(3);
      assertThat(affecting(advisories, "fastapi", "0.136.3")).isEmpty();
      assertThat(affecting(advisories, "litellm", "1.82.8"))
          .singleElement()
          .extracting(Advisory::kind)
          .isEqualTo(AdvisoryKind.MALWARE);
      assertThat(affecting(advisories, "litellm", "1.82.6")).isEmpty();
    }

    @Test
    void readsAllOfPysec() throws IOException {
      Advisories advisories = Advisories.read(Corpus.advisories().resolve("pysec-2024-10.zip"));

      assertThat(advisories.size()).isEqualTo(2_661);
      assertThat(advisories.unread()).isEmpty();
      assertThat(affecting(advisories, "ansible", "2.8.3"))
          .extracting("id")
          .contains("PYSEC-2020-1");
      assertThat(affecting(advisories, "deep-translator", "1.8.5"))
          .extracting("kind")
          .contains(AdvisoryKind.MALWARE);
      assertThat(affecting(advisories, "requests", "2.30.0"))
          .extracting("kind")
          .containsOnly(AdvisoryKind.VULNERABILITY);
      assertThat(affecting(advisories, "keep", "2.10"))
          .extracting("kind")
          .doesNotContain(AdvisoryKind.MALWARE);
    }
  }
}
