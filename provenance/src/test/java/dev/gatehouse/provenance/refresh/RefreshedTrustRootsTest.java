package dev.gatehouse.provenance.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.TestAuthority;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.TrustRoots;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The refresh of a trusted root, against a repository that a test makes and signs. */
final class RefreshedTrustRootsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] FIRST = TestAuthority.create().trustedRoot();
  private static final byte[] SECOND = TestAuthority.create().trustedRoot();

  private final TestTufRepository mirror = TestTufRepository.start(NOW);
  private final Outbound outbound = new Outbound(OutboundSettings.direct());

  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("trusted-root");
  }

  private RefreshedTrustRoots open() {
    return RefreshedTrustRoots.open(mirror.repository(), folder());
  }

  private RefreshOutcome refresh(Instant now) {
    return open().refresh(outbound, PATIENCE, now);
  }

  @AfterEach
  void close() throws IOException {
    mirror.close();
    outbound.close();
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        body.write(spaces);
      }
    }
  }

  private static void assertUses(byte[] json, RefreshedTrustRoots roots) {
    assertThat(roots.fingerprint()).isEqualTo(Sha256.digest(json));
    assertThat(roots.root().fingerprint()).isEqualTo(Sha256.digest(json));
  }

  /** What lies in the folder, but for the note that it was tried. */
  private SortedMap<String, String> stored() {
    SortedMap<String, String> stored = new TreeMap<>();
    if (Files.isDirectory(folder())) {
      try (Stream<Path> files = Files.list(folder())) {
        for (Path file : files.toList()) {
          if (!file.getFileName().toString().equals("tried")) {
            stored.put(file.getFileName().toString(), Files.readString(file));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return stored;
  }

  @Nested
  final class WhatHolds {
    @Test
    void isKeptAndUsedByTheNextRunWithoutAsking() {
      mirror.publish(FIRST, NOW);

      assertThat(refresh(NOW)).isEqualTo(new RefreshOutcome.Confirmed(NOW, true));

      mirror.close();
      RefreshedTrustRoots next = open();
      assertUses(FIRST, next);
      assertThat(next.root().name()).isEqualTo("as TUF confirmed it on 2026-06-01");
      assertThat(next.root().note()).isEmpty();
    }

    @Test
    void isAskedForOnceADay() {
      mirror.publish(FIRST, NOW);
      assertThat(refresh(NOW)).isInstanceOf(RefreshOutcome.Confirmed.class);
      mirror.asked().clear();

      assertThat(refresh(TOMORROW.minusSeconds(1))).isEqualTo(new RefreshOutcome.NotDue());
      assertThat(mirror.asked()).isEmpty();
      assertThat(refresh(TOMORROW)).isEqualTo(new RefreshOutcome.Confirmed(TOMORROW, false));
      assertThat(mirror.asked()).contains("timestamp.json");
    }

    @Test
    void isFollowedOverRotationsOfAllKeys() {
      mirror.publish(FIRST, NOW);
      refresh(NOW);
      mirror.rotate(TOMORROW);
      mirror.rotate(TOMORROW);
      mirror.publish(SECOND, TOMORROW);

      assertThat(refresh(TOMORROW)).isEqualTo(new RefreshOutcome.Confirmed(TOMORROW, true));
      assertUses(SECOND, open());
      // The newest root is what the next time begins with: the first two are not asked for again.
      mirror.asked().clear();
      refresh(TOMORROW.plus(Duration.ofDays(1)));
      assertThat(mirror.asked()).startsWith("4.root.json").doesNotContain("2.root.json");
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
      Assumptions.assumeTrue(
          FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
      mirror.publish(FIRST, NOW);
      refresh(NOW);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
          .isEqualTo("rwx------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder().resolve("confirmed"))))
          .isEqualTo("rw-------");
      assertThat(stored().keySet()).containsExactly("confirmed");
    }

    @Test
    void givesWayToTheBuiltInOneOfANewerProgram() {
      Instant before = TrustRoot.BUILT_IN_DATE.minusSeconds(1);
      try (TestTufRepository early = TestTufRepository.start(before)) {
        early.publish(FIRST, before);
        RefreshedTrustRoots roots = RefreshedTrustRoots.open(early.repository(), folder());
        roots.refresh(outbound, PATIENCE, before);

        assertThat(roots.fingerprint()).isEqualTo(TrustRoots.builtIn().fingerprint());
        assertThat(roots.root().name()).isEqualTo("built in");
      }
    }
  }

  /** Each is refused for its own reason, with a good root kept and without one. */
  @Nested
  final class Attacks {
    @BeforeEach
    void keepAGoodOne() {
      mirror.publish(FIRST, NOW);
    }

    /** Starts with the good one, has the mirror turn, and expects the refusal. */
    private void assertRefused(RefreshFault fault, Instant now, Runnable attack) {
      refresh(NOW);
      SortedMap<String, String> before = stored();
      assertThat(before).hasSize(1);
      attack.run();

      RefreshedTrustRoots roots = open();
      RefreshOutcome outcome = roots.refresh(outbound, PATIENCE, now);

      assertThat(outcome).isInstanceOf(RefreshOutcome.Failed.class);
      RefreshOutcome.Failed failed = (RefreshOutcome.Failed) outcome;
      assertThat(failed.fault()).describedAs(failed.message()).isEqualTo(fault);
      assertThat(failed.message())
          .doesNotContain("\n")
          .contains(mirror.repository().address().toString());
      assertThat(stored()).isEqualTo(before);
      assertUses(FIRST, roots);
      assertThat(open().root().note()).contains("not refreshed: " + failed.message());
    }

    @Test
    void anOlderTimeStampIsARollback() {
      byte[] old = mirror.file("timestamp.json");
      mirror.publish(SECOND, NOW);
      mirror.publish(FIRST, NOW);

      assertRefused(RefreshFault.ROLLBACK, TOMORROW, () -> mirror.put("timestamp.json", old));
    }

    @Test
    void aNewTimeStampOverAnOlderSnapshotIsARollback() {
      mirror.publish(FIRST, NOW);

      assertRefused(RefreshFault.ROLLBACK, TOMORROW, () -> mirror.publishTimestamp(1, TOMORROW));
    }

    @Test
    void aNewSnapshotOverOlderTargetsIsARollback() {
      mirror.publish(FIRST, NOW);

      assertRefused(RefreshFault.ROLLBACK, TOMORROW, () -> mirror.publishSnapshot(1, TOMORROW));
    }

    @Test
    void anOlderRootUnderANewNameIsARollback() {
      assertRefused(
          RefreshFault.ROLLBACK,
          TOMORROW,
          () -> mirror.put("2.root.json", mirror.file("1.root.json")));
    }

    @Test
    void aTimeStampBehindWhichNewOnesAreHeldBackExpires() {
      // It is the known one, and all that it names is valid for longer.
      mirror.publishTimestamp(1, NOW.minus(Duration.ofDays(6)));

      assertRefused(RefreshFault.EXPIRED, NOW.plus(Duration.ofDays(2)), () -> {});
    }

    @Test
    void aNewSnapshotThatHasEndedIsExpired() {
      assertRefused(
          RefreshFault.EXPIRED,
          NOW.plus(Duration.ofDays(8)),
          () -> mirror.publishSnapshot(1, NOW.plusSeconds(1)));
    }

    @Test
    void aRootThatHasEndedIsExpired() {
      assertRefused(
          RefreshFault.EXPIRED,
          NOW.plus(Duration.ofDays(366)),
          () -> mirror.publish(SECOND, NOW.plus(Duration.ofDays(366))));
    }

    @Test
    void aRootThatTheOldKeysDidNotSignIsUnsigned() {
      assertRefused(
          RefreshFault.UNSIGNED,
          TOMORROW,
          () -> {
            mirror.rotateUnsigned(TOMORROW);
            mirror.publish(SECOND, TOMORROW);
          });
    }

    @Test
    void aTimeStampWithOtherContentIsUnsigned() {
      assertRefused(
          RefreshFault.UNSIGNED,
          TOMORROW,
          () ->
              mirror.put(
                  "timestamp.json",
                  new String(mirror.file("timestamp.json"), StandardCharsets.UTF_8)
                      .replace("\"version\":1}", "\"version\":9}")
                      .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void targetsOfTheKeyThatLiesOnTheMirrorAreNone() {
      // The library looks up whose key has to have signed by what the metadata calls itself.
      assertRefused(
          RefreshFault.MALFORMED, TOMORROW, () -> mirror.publish(SECOND, TOMORROW, "timestamp"));
    }

    @Test
    void otherBytesOfTheTrustedRootHaveTheWrongHash() {
      assertRefused(
          RefreshFault.WRONG_HASH,
          TOMORROW,
          () -> {
            mirror.publish(SECOND, TOMORROW);
            byte[] altered = SECOND.clone();
            altered[altered.length - 2] = ' ';
            mirror.put(target(SECOND), altered);
          });
    }

    @Test
    void anotherSnapshotThanTheOneInTheTimeStampHasTheWrongHash() {
      assertRefused(
          RefreshFault.WRONG_HASH,
          TOMORROW,
          () -> {
            mirror.publish(SECOND, TOMORROW);
            mirror.put("2.snapshot.json", mirror.file("1.snapshot.json"));
          });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.root.json", "timestamp.json", "2.targets.json", "target"})
    void anAnswerThatDoesNotEndIsTooLarge(String file) {
      assertRefused(
          RefreshFault.TOO_LARGE,
          TOMORROW,
          () -> {
            mirror.publish(SECOND, TOMORROW);
            mirror.script(
                file.equals("target") ? target(SECOND) : file, RefreshedTrustRootsTest::endless);
          });
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "null", "[]", "{}", "{\"signed\":{}}", "nested", "\u0000\u001b[31m"})
    void whatIsNoMetadataIsMalformed(String text) {
      String given = text.equals("nested") ? "[".repeat(90_000) : text;
      assertRefused(
          RefreshFault.MALFORMED,
          TOMORROW,
          () -> mirror.put("timestamp.json", given.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSignedTargetThatIsNoTrustedRootIsMalformed() {
      assertRefused(
          RefreshFault.MALFORMED,
          TOMORROW,
          () -> mirror.publish("{\"tlogs\":[]}".getBytes(StandardCharsets.UTF_8), TOMORROW));
    }

    @Test
    void aSignedRootWhoseAuthoritiesHaveEndedIsExpired() {
      byte[] ended = TestAuthority.endingAt(NOW).trustedRoot();

      assertRefused(RefreshFault.EXPIRED, TOMORROW, () -> mirror.publish(ended, TOMORROW));
    }

    @Test
    void aMirrorWithoutATimeStampLacksIt() {
      assertRefused(
          RefreshFault.MISSING,
          TOMORROW,
          () -> mirror.script("timestamp.json", exchange -> exchange.sendResponseHeaders(404, -1)));
    }

    @Test
    void leaveTheBuiltInOneWhereNothingWasKept() {
      mirror.rotateUnsigned(NOW);
      mirror.publish(SECOND, NOW);

      RefreshedTrustRoots roots = open();
      assertThat(roots.refresh(outbound, PATIENCE, NOW))
          .isInstanceOfSatisfying(
              RefreshOutcome.Failed.class,
              failed -> assertThat(failed.fault()).isEqualTo(RefreshFault.UNSIGNED));
      assertThat(stored()).isEmpty();
      assertThat(roots.fingerprint()).isEqualTo(TrustRoots.builtIn().fingerprint());
    }

    private String target(byte[] json) {
      return "targets/%s.trusted_root.json".formatted(Sha256.digest(json).hex());
    }
  }

  @Nested
  final class WithoutANetwork {
    @Test
    void theKeptOneIsUsedAndItIsTriedAgainAnHourLater() {
      mirror.publish(FIRST, NOW);
      refresh(NOW);
      mirror.close();

      RefreshedTrustRoots roots = open();
      assertThat(roots.refresh(outbound, PATIENCE, TOMORROW))
          .isInstanceOfSatisfying(
              RefreshOutcome.Failed.class,
              failed -> assertThat(failed.fault()).isEqualTo(RefreshFault.UNREACHABLE));
      assertUses(FIRST, roots);
      assertThat(open().isDue(TOMORROW.plus(Duration.ofMinutes(59)))).isFalse();
      assertThat(open().isDue(TOMORROW.plus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void aMirrorThatIsSilentIsWaitedForNoLongerThanThePatience() {
      mirror.script(
          "2.root.json",
          _ -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });

      assertThat(open().refresh(outbound, Duration.ofMillis(200), NOW))
          .isInstanceOfSatisfying(
              RefreshOutcome.Failed.class,
              failed -> assertThat(failed.fault()).isEqualTo(RefreshFault.UNREACHABLE));
      assertThat(stored()).isEmpty();
    }

    @Test
    void thePatienceIsThatOfAllRequestsTogether() {
      mirror.publish(FIRST, NOW);
      List<Long> times = new ArrayList<>(List.of(0L, 0L, PATIENCE.toNanos()));
      RefreshedTrustRoots roots =
          RefreshedTrustRoots.open(
              mirror.repository(),
              folder(),
              () -> times.size() > 1 ? times.removeFirst() : times.getFirst());

      assertThat(roots.refresh(outbound, PATIENCE, NOW))
          .isInstanceOfSatisfying(
              RefreshOutcome.Failed.class,
              failed -> assertThat(failed.message()).contains("it took too long"));
      assertThat(mirror.asked()).containsExactly("2.root.json");
    }

    @Test
    void nobodyIsAskedForWhatCannotBeKept() throws IOException {
      Files.writeString(folder(), "a file where the folder would be");

      assertThat(refresh(NOW))
          .isInstanceOfSatisfying(
              RefreshOutcome.Failed.class,
              failed -> assertThat(failed.fault()).isEqualTo(RefreshFault.NOT_STORED));
      assertThat(mirror.asked()).isEmpty();
    }

    @Test
    void aKeptFileThatSomebodyAlteredCountsAsNone() throws IOException {
      mirror.publish(FIRST, NOW);
      refresh(NOW);
      Path file = folder().resolve("confirmed");
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.set(5, "e30=");
      Files.write(file, lines);

      assertThat(open().root().fingerprint()).isEqualTo(TrustRoots.builtIn().fingerprint());
      Files.writeString(file, "no such format\n");
      assertThat(open().fingerprint()).isEqualTo(TrustRoots.builtIn().fingerprint());
      assertThat(refresh(TOMORROW)).isInstanceOf(RefreshOutcome.Confirmed.class);
    }
  }

  @Test
  void theBuiltInOneHasTheDateThatIsSaidOfIt() {
    assertThat(TrustRoot.builtIn().date())
        .isBetween(TrustRoot.BUILT_IN_DATE, TrustRoot.BUILT_IN_DATE.plus(Duration.ofDays(1)));
    assertThat(TrustRoots.builtIn().fingerprint()).isEqualTo(TrustRoot.builtIn().fingerprint());
  }

  @Test
  void thePublicInstanceBeginsWithTheRootOfTheLibrary() {
    assertThat(TufRepository.publicInstance().root()).contains("\"_type\": \"root\"");
  }
}
