package dev.gatehouse.provenance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.provenance.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is refused, each fault for its own reason. */
final class BadInputTest {
  private static final String GOOD = Samples.sign().attestation();
  private static final String CLAIM = TestAuthority.githubClaim("acme/demo", "release.yml");

  private static void assertRefused(Reason reason, String document) {
    Samples.assertRefused(reason, Samples.verify(document));
  }

  private static void assertRefused(Reason reason, TestAuthority.Signing signing) {
    assertRefused(reason, signing.attestation());
  }

  private static Verification verify(byte[] document) {
    return ProvenanceVerifier.verify(
        Samples.NAME, Samples.SHA256, document, Samples.ROOT, Samples.NOW);
  }

  @Test
  void holdsAsItIs() {
    assertThat(Samples.verify(GOOD)).isInstanceOf(Verification.Verified.class);
    assertThat(Samples.verify(TestAuthority.provenance(CLAIM, GOOD)))
        .isInstanceOf(Verification.Verified.class);
    assertThat(Samples.verify("\n " + GOOD + " \n")).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void refusesEveryBeginning() {
    for (int length = 0; length < GOOD.length(); length += 37) {
      assertRefused(Reason.TRUNCATED, GOOD.substring(0, length));
    }
  }

  @Test
  void refusesWhatIsDoubled() {
    assertRefused(Reason.TRAILING_CONTENT, GOOD + GOOD);
    assertRefused(Reason.TRAILING_CONTENT, GOOD + "x");
    assertRefused(Reason.DOUBLED, TestAuthority.provenance(CLAIM, GOOD, GOOD));
    assertRefused(Reason.DUPLICATE_KEY, "{\"version\":1," + GOOD.substring(1));
    assertRefused(
        Reason.DUPLICATE_KEY,
        GOOD.replace("\"logIndex\":\"2\"", "\"logIndex\":\"2\",\"logIndex\":\"3\""));
    int start = GOOD.indexOf("[{\"logIndex\"") + 1;
    int end = GOOD.indexOf("]},\"envelope\"");
    String entry = GOOD.substring(start, end);
    assertRefused(Reason.LOG_ENTRIES, GOOD.replace(entry, entry + "," + entry));
    assertRefused(Reason.LOG_ENTRIES, GOOD.replace(entry, ""));
  }

  @Test
  void refusesWhatIsReordered() {
    int start = GOOD.indexOf("\"hashes\":[") + 10;
    String hashes = GOOD.substring(start, GOOD.indexOf(']', start));
    String[] each = hashes.split(",", -1);
    assertRefused(Reason.LOG_PROOF, GOOD.replace(hashes, each[1] + "," + each[0]));

    String statement = Samples.sign().statement();
    String reordered =
        "{\"predicate\":null," + statement.substring(1).replace(",\"predicate\":null", "");
    assertRefused(Reason.LOG_ENTRY, withStatement(reordered));
  }

  private static String withStatement(String text) {
    int start = GOOD.indexOf("\"statement\":\"") + 13;
    String old = GOOD.substring(start, GOOD.indexOf('"', start));
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return GOOD.replace(old, encoded);
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertRefused(Reason.OVERSIZED, GOOD + " ".repeat(1024 * 1024));
    assertRefused(Reason.OVERSIZED, "{\"a\":".repeat(50) + "1" + "}".repeat(50));
    String many = "%s,".formatted(Samples.sign().attestation()).repeat(1);
    StringBuilder all = new StringBuilder(many);
    for (int i = 0; i < 16; i++) {
      all.append(Samples.sign().attestation()).append(',');
    }
    assertRefused(
        Reason.OVERSIZED, TestAuthority.provenance(CLAIM, all.substring(0, all.length() - 1)));
    assertRefused(
        Reason.OVERSIZED,
        GOOD.replace("\"signature\":\"", "\"signature\":\"" + "AAAA".repeat(1000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeff", "\u0000"})
  void refusesWhatStandsBeforeIt(String before) {
    assertThat(verify((before + GOOD).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void refusesWhatIsWronglyEncoded() {
    Samples.assertRefused(Reason.WRONG_ENCODING, verify(GOOD.getBytes(StandardCharsets.UTF_16)));
    byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    bytes[40] = (byte) 0xff;
    Samples.assertRefused(Reason.WRONG_ENCODING, verify(bytes));
    Samples.assertRefused(
        Reason.WRONG_ENCODING, verify(("\ufeff" + GOOD).getBytes(StandardCharsets.UTF_8)));
    assertRefused(Reason.WRONG_ENCODING, GOOD.replace("\"signature\":\"", "\"signature\":\"\\n"));
    assertRefused(Reason.WRONG_ENCODING, GOOD.replace("\"signature\":\"", "\"signature\":\"-"));
    assertRefused(Reason.WRONG_ENCODING, GOOD.replace("=\"", "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "2, UNKNOWN_VERSION",
    "1.0, UNKNOWN_VERSION",
    "'\"1\"', WRONG_TYPE",
    "null, WRONG_TYPE"
  })
  void refusesOtherVersions(String version, Reason reason) {
    assertRefused(reason, GOOD.replaceFirst("\"version\":1", "\"version\":" + version));
    assertRefused(
        reason,
        TestAuthority.provenance(CLAIM, GOOD)
            .replaceFirst("\"version\":1", "\"version\":" + version));
  }

  @Test
  void refusesOtherShapes() {
    assertRefused(Reason.WRONG_TYPE, "[" + GOOD + "]");
    assertRefused(Reason.NOT_JSON, "{version: 1}");
    assertRefused(Reason.NOT_JSON, "hello");
    assertRefused(Reason.MISSING_KEY, "{}");
    assertRefused(Reason.UNKNOWN_KEY, GOOD.replaceFirst("\\{", "{\"more\":1,"));
    assertRefused(Reason.EMPTY, "{\"version\":1,\"attestation_bundles\":[]}");
    assertRefused(Reason.EMPTY, TestAuthority.provenance(CLAIM));
  }

  @Test
  void refusesStatementsWithOtherSubjectsThanOne() {
    String statement = Samples.sign().statement();
    String subject =
        statement.substring(statement.indexOf("[{") + 1, statement.indexOf("],\"predicateType"));

    assertRefused(
        Reason.SUBJECTS,
        Samples.sign().statement(statement.replace(subject, subject + "," + subject)));
    assertRefused(Reason.SUBJECTS, Samples.sign().statement(statement.replace(subject, "")));
  }

  @Test
  void refusesWhatIsNoStatement() {
    String statement = Samples.sign().statement();

    assertRefused(
        Reason.NOT_A_STATEMENT,
        Samples.sign().statement(statement.replace("Statement/v1", "Statement/v0.1")));
    assertRefused(
        Reason.UNKNOWN_PREDICATE,
        Samples.sign().statement(statement.replace("publish/v1", "publish/v2")));
    assertRefused(
        Reason.DUPLICATE_KEY,
        Samples.sign().statement(statement.replace("\"predicate\":null", "\"subject\":[]")));
  }

  @Test
  void refusesRenamedWheels() {
    WheelName renamed = WheelName.parse("demo-1.1-py3-none-any.whl");

    Samples.assertRefused(Reason.OTHER_NAME, Samples.verify(renamed, GOOD));
    Samples.assertRefused(
        Reason.OTHER_NAME, Samples.verify(WheelName.parse("demo-1.0-1-py3-none-any.whl"), GOOD));
    Samples.assertRefused(
        Reason.OTHER_NAME,
        Samples.verify(
            ArtifactName.parse("demo-1.0.tar.gz", ProjectName.parse("demo")),
            Samples.AUTHORITY.sign("other-1.0.tar.gz", Samples.SHA256).attestation()));
  }

  @ParameterizedTest
  @CsvSource({
    "demo-1.0-py3-none-any, MALFORMED_NAME",
    "demo.whl, MALFORMED_NAME",
    "Demo-1.0-py3-none-any.whl, OTHER_SPELLING",
    "demo-1.0.0-py3-none-any.whl, OTHER_NAME",
    "demo-01.0-py3-none-any.whl, OTHER_SPELLING",
    "demo-1.0-PY3-none-any.whl, OTHER_SPELLING",
  })
  void refusesNamesThatDifferInSpellingAlone(String subject, Reason reason) {
    assertRefused(reason, Samples.AUTHORITY.sign(subject, Samples.SHA256));
  }

  /** What tools of 2024 and 2025 wrote, pypi/warehouse issue 18128. */
  @Test
  void takesTheNormalisedNameOfAFileThatIsSpeltOtherwise() {
    String sorted = "my_demo-1.0-cp39-cp39-manylinux2014_x86_64.manylinux_2_17_x86_64.whl";
    WheelName file =
        WheelName.parse("My.Demo-1.0-cp39-cp39-manylinux_2_17_x86_64.manylinux2014_x86_64.whl");
    ArtifactName sdist = ArtifactName.parse("My-Demo-1.0.tar.gz", ProjectName.parse("my-demo"));

    assertThat(Samples.verify(file, Samples.AUTHORITY.sign(sorted, Samples.SHA256).attestation()))
        .isInstanceOf(Verification.Verified.class);
    assertThat(
            Samples.verify(
                sdist, Samples.AUTHORITY.sign("my_demo-1.0.tar.gz", Samples.SHA256).attestation()))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void refusesOtherBytes() {
    assertRefused(
        Reason.OTHER_DIGEST, Samples.AUTHORITY.sign(Samples.FILE, Sha256.digest(new byte[] {9})));
  }

  @Test
  void refusesAnotherKeysSignature() {
    assertRefused(Reason.SIGNATURE, Samples.sign().withAnotherKey());
  }

  @Test
  void refusesACertificateThatNoLogPromised() {
    assertRefused(Reason.UNTRUSTED, Samples.sign().unlogged());
  }

  @Test
  void refusesAnotherAuthority() {
    TestAuthority other = TestAuthority.create();

    assertRefused(Reason.UNTRUSTED, other.sign(Samples.FILE, Samples.SHA256).attestation());
  }

  /** A key that leaked after its ten minutes: sigstore-java 2.0 would take it. */
  @Test
  void refusesWhatWasSignedAfterTheCertificateEnded() {
    Instant from = TestAuthority.START.plus(Duration.ofDays(1));

    assertRefused(Reason.SIGNING_TIME, Samples.sign().at(from, from.plus(Duration.ofHours(1))));
    assertRefused(Reason.SIGNING_TIME, Samples.sign().at(from, from.minusSeconds(1)));
  }

  @Test
  void refusesWhatWasLoggedAfterTheLogsKeyEnded() throws Exception {
    Instant end = TestAuthority.START.plus(Duration.ofDays(50));
    TrustRoot ended = TrustRoot.read(Samples.AUTHORITY.trustedRootWithLogUntil(end), "ended");

    Samples.assertRefused(
        Reason.SIGNING_TIME,
        ProvenanceVerifier.verify(
            Samples.NAME,
            Samples.SHA256,
            GOOD.getBytes(StandardCharsets.UTF_8),
            ended,
            Samples.NOW));
  }

  @Test
  void refusesEverythingByAnExpiredRoot() {
    Instant end = TestAuthority.START.plus(Duration.ofDays(365));
    TestAuthority authority = TestAuthority.endingAt(end);
    TrustRoot root = Samples.root(authority);
    byte[] document =
        authority.sign(Samples.FILE, Samples.SHA256).attestation().getBytes(StandardCharsets.UTF_8);

    assertThat(
            ProvenanceVerifier.verify(
                Samples.NAME, Samples.SHA256, document, root, end.minusSeconds(1)))
        .isInstanceOf(Verification.Verified.class);
    Samples.assertRefused(
        Reason.ROOT_EXPIRED,
        ProvenanceVerifier.verify(
            Samples.NAME, Samples.SHA256, document, root, end.plusSeconds(1)));
  }
}
