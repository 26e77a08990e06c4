package dev.gatehouse.cli.vetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the commands about a version take and print. */
class VettingTextsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode EXPOSURE =
      JSON.readTree(
          """
          {"project": "litellm", "version": "1.82.8", "installed": [
            {"client": "ci", "host": "build-7", "environment": "/srv/venv", "at": "2026-03-24T11:00:00Z"}],
           "received": [{"file": "litellm-1.82.8.whl", "sha256": "ab", "client": "", "address": "127.0.0.1",
            "agent": "=cmd|'/c calc'!A1, \\"pip\\"", "outcome": "received", "first": "1", "last": "2", "times": 3}]}
          """);

  private static Pinned pinned(String text) {
    return new Pinned.Converter().convert(text);
  }

  @Test
  void aVersionIsNormalisedAndEscapedForAnAddress() {
    assertThat(pinned("LiteLLM == 1.82.8")).hasToString("litellm==1.82.8");
    assertThat(pinned("demo==1!2.0+local").path()).isEqualTo("demo/1%212.0%2Blocal");
  }

  @Test
  void anythingButOneVersionIsRefusedInOneLine() {
    for (String text :
        new String[] {"litellm", "litellm>=1", "==1.0", "litellm==one", "lite/llm==1"}) {
      assertThatThrownBy(() -> pinned(text))
          .as(text)
          .isInstanceOf(TypeConversionException.class)
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void csvQuotesWhatAClientWroteAndMakesItNoFormula() {
    assertThat(ExposureText.csv(EXPOSURE))
        .containsExactly(
            "client,address,outcome,first,last,times,file,agent,sha256",
            "\"\",\"127.0.0.1\",\"received\",\"1\",\"2\",\"3\",\"litellm-1.82.8.whl\","
                + "\"'=cmd|'/c calc'!A1, \"\"pip\"\"\",\"ab\"");
  }

  @Test
  void theTextNamesWhoHasItAndWhereItIsInstalled() {
    assertThat(String.join("\n", ExposureText.lines(EXPOSURE)))
        .contains("(anonymous)  127.0.0.1")
        .contains("build-7  /srv/venv  (2026-03-24T11:00:00Z, told by ci)");
  }

  private static String provenanceText(String provenance) {
    return String.join(
        "\n",
        WhyText.lines(
            JSON.readTree(
                """
                {"project": "demo", "version": "1.0", "mode": "vetted", "files": [
                  {"verdict": "admit", "file": "demo-1.0.tar.gz", "provenance": %s}]}
                """
                    .formatted(provenance))));
  }

  @Test
  void whySaysWhoPublishedAndFromWhat() {
    assertThat(
            provenanceText(
                """
                {"attested": true, "breaks": [
                   {"code": "provenance-workflow-changed", "text": "another workflow", "holds": false},
                   {"code": "provenance-lost", "text": "a loss", "holds": true}],
                 "attestations": [{"publisher": "github:a/b/.github/workflows/c.yml", "commit": "08802e"}]}
                """))
        .contains(
            "attested   by github:a/b/.github/workflows/c.yml", "commit 08802e", "another workflow")
        // It stands among the reasons already.
        .doesNotContain("a loss");
  }

  @Test
  void whySaysWhatIsWrongWithAProvenance() {
    assertThat(
            provenanceText(
                """
                {"attested": false, "refused": "other-digest", "reason": "it is about another file"}
                """))
        .contains("not passed on: it is about another file (other-digest)");
    assertThat(provenanceText("{\"attested\": false, \"unavailable\": \"no answer\"}"))
        .contains("could not be had: no answer");
  }

  @Test
  void aSnapshotSaysWhichOfItsFilesAreNotServedAnyMore() {
    JsonNode snapshot =
        JSON.readTree(
            """
            {"name": "march", "at": "x", "by": "ann", "reason": "the quarter", "in-use": true, "sha256": "cd",
             "index": "http://h/snapshot/march/simple/", "listed": [
              {"file": "a-1.whl", "sha256": "ab", "verdict": "admit", "reasons": [{"text": "nothing"}]},
              {"file": "b-1.whl", "sha256": "ef", "verdict": "refuse", "reasons": [{"text": "recalled: MAL-1"}]},
              {"file": "c-1.whl", "sha256": "01", "verdict": null, "reasons": []}]}
            """);

    assertThat(SnapshotText.lines(snapshot))
        .containsExactly(
            "march, made x by ann, in use",
            "  the quarter",
            "  index   http://h/snapshot/march/simple/",
            "  sha256  cd",
            "",
            "  ab  a-1.whl",
            "  ef  b-1.whl  now refuse: recalled: MAL-1",
            "  01  c-1.whl  now no upstream has its project");
  }

  @Test
  void whyNamesTheSnapshots() {
    JsonNode why =
        JSON.readTree("{\"snapshot-in-use\": \"march\", \"snapshots\": [\"march\", \"april\"]}");

    assertThat(WhyText.lines(why))
        .contains(
            "The index serves what the snapshot march lists, and nothing else (gatehouse snapshot use --none).",
            "Snapshots that list it: march, april");
  }

  @Test
  void whyBeginsWithTheAnswerAndSaysWhatResolversTakeInstead() {
    JsonNode why =
        JSON.readTree(
            """
            {"project": "demo", "version": "2.0", "mode": "vetted", "files": [{"file": "demo-2.0.whl",
              "verdict": "hold", "reasons": [{"code": "too-young", "text": "published 1 day ago"}],
              "until": "2026-03-30T10:52:00Z", "inspection": null, "history": []}],
             "decisions": [{"kind": "approve", "by": "ann", "reason": "read it", "at": "x", "until": null}],
             "advisories": {"malware": null, "vulnerabilities": [], "fixes": []},
             "fallback": {"version": "1.0", "vulnerabilities": ["PYSEC-1"]}}
            """);

    assertThat(WhyText.lines(why))
        .startsWith("demo 2.0, mode vetted", "", "hold     demo-2.0.whl")
        .contains("           published 1 day ago (too-young)")
        .contains("  x  approve by ann: read it")
        .endsWith("Resolvers that may choose take 1.0 instead, which is vulnerable to PYSEC-1.");
  }
}
