package dev.gatehouse.cli.installers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.cli.installers.Installer.Outcome;
import dev.gatehouse.index.IndexServer;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What {@code gatehouse pin} writes, real pips take; and nothing else. */
class PinnedInstallIT {
  private static final int LEAST_WHEELS = 30;

  @TempDir Path temporary;

  /** The pips of this machine. */
  enum Pip {
    MACHINE,
    NEWEST;

    Installer get() {
      Optional<Installer> installer =
          switch (this) {
            case MACHINE -> Installer.pipOfTheMachine();
            case NEWEST -> Installer.newestPip();
          };
      assumeTrue(installer.isPresent(), "this client is not on this machine");
      return installer.get();
    }
  }

  /** One wheel for each project: of the corpus, or samples where there is none. */
  private Map<ProjectName, Path> gather(Path wheels) throws IOException {
    Files.createDirectory(wheels);
    List<Path> real = Corpus.wheels();
    for (Path wheel : real) {
      Files.copy(wheel, wheels.resolve(wheel.getFileName()));
    }
    for (int i = 0; i < LEAST_WHEELS && real.isEmpty(); i++) {
      WheelBuilder.wheel("sample-%02d".formatted(i), "1.0").build().writeTo(wheels);
    }
    Map<ProjectName, Path> chosen = new TreeMap<>();
    try (Stream<Path> files = Files.list(wheels)) {
      for (Path file : files.sorted().toList()) {
        WheelName name = WheelName.parse(file.getFileName().toString());
        if (name.platformTags().contains("any") && !name.project().normalized().equals("pip")) {
          chosen.put(name.project(), file);
        }
      }
    }
    assertThat(chosen.size()).isGreaterThanOrEqualTo(LEAST_WHEELS);
    chosen.keySet().removeAll(chosen.keySet().stream().skip(LEAST_WHEELS).toList());
    return chosen;
  }

  private IndexServer serve(Path wheels, String data) throws Exception {
    IndexSettings settings =
        new IndexSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            null,
            List.of(),
            temporary.resolve(data),
            AnonymousReading.LOOPBACK);
    return IndexServer.start(
        settings,
        Policy.observing(),
        new VettingSettings(AdvisorySettings.BUILT_IN, VettingSettings.KEEP_DOWNLOADS, "test"),
        List.of(new UpstreamSettings("source", wheels.toUri(), null, List.of(), List.of())),
        OutboundSettings.direct(),
        _ -> Policy.observing(),
        Clock.systemUTC());
  }

  private static URI simple(IndexServer server) {
    return server.address().resolve("simple/");
  }

  private static String pin(int expected, IndexServer server, Path file, String... options) {
    StringWriter output = new StringWriter();
    CommandLine command = Commands.of(System.getenv());
    command.setOut(new PrintWriter(output, true));
    command.setErr(new PrintWriter(output, true));
    List<String> arguments = new ArrayList<>(List.of("pin", "--index-url=" + simple(server)));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    assertThat(command.execute(arguments.toArray(String[]::new)))
        .as(output.toString())
        .isEqualTo(expected);
    return output.toString();
  }

  private Path write(String name, Stream<String> lines) throws IOException {
    return Files.write(temporary.resolve(name), lines.toList());
  }

  private static List<String> hashed(Path file) {
    return List.of("--require-hashes", "--requirement", file.toString());
  }

  @ParameterizedTest
  @EnumSource
  void takesALooseFileThatWasPinnedAndRefusesAChangedByte(Pip pip) throws Exception {
    Installer client = pip.get();
    Path wheels = temporary.resolve("wheels");
    Map<ProjectName, Path> chosen = gather(wheels);
    Path frozen =
        write(
            "frozen",
            chosen.values().stream()
                .map(wheel -> WheelName.parse(wheel.getFileName().toString()))
                .map(wheel -> wheel.project() + "==" + wheel.version()));
    Path file = write("requirements.txt", chosen.keySet().stream().map(ProjectName::normalized));
    try (IndexServer server = serve(wheels, "data")) {
      assertThat(
              client
                  .install(
                      simple(server), temporary.resolve("a"), List.of("no-such-project-anywhere"))
                  .exitCode())
          .as("another source is open")
          .isNotZero();
      assertThat(client.install(simple(server), temporary.resolve("b"), hashed(file)).output())
          .contains("pinned with ==");

      pin(0, server, file, "--from=" + frozen);

      Outcome outcome = client.install(simple(server), temporary.resolve("c"), hashed(file));
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      try (Stream<Path> installed = Files.list(temporary.resolve("c"))) {
        assertThat(installed.filter(path -> path.toString().endsWith(".dist-info")))
            .hasSize(LEAST_WHEELS);
      }
    }
    Path changed = chosen.values().iterator().next();
    byte[] bytes = Files.readAllBytes(changed);
    bytes[bytes.length / 2] ^= 1;
    Files.write(changed, bytes);
    try (IndexServer server = serve(wheels, "other-data")) {
      Outcome outcome = client.install(simple(server), temporary.resolve("d"), hashed(file));
      assertThat(outcome.exitCode()).isNotZero();
      assertThat(outcome.output()).contains("THESE PACKAGES DO NOT MATCH THE HASHES");
    }
  }

  @Test
  void letsPipResolveWhatIsOpenFromWheelsAlone() throws Exception {
    Installer client = Pip.MACHINE.get();
    Path wheels = Files.createDirectory(temporary.resolve("wheels"));
    WheelBuilder.wheel("zz-app", "1.0").requiresDist("zz-lib>=1").build().writeTo(wheels);
    WheelBuilder.wheel("zz-lib", "0.5").build().writeTo(wheels);
    WheelBuilder.wheel("zz-lib", "1.0").build().writeTo(wheels);
    WheelBuilder.wheel("zz-lib", "1.5").requiresDist("zz-deep").build().writeTo(wheels);
    WheelBuilder.wheel("zz-deep", "0.1").build().writeTo(wheels);
    SdistBuilder.sdist("zz-source", "1.0").build().writeTo(wheels);
    try (IndexServer server = serve(wheels, "data")) {
      Path file = write("requirements.txt", Stream.of("zz-app  # ours"));
      pin(0, server, file, "--resolve");

      assertThat(Files.readString(file))
          .contains("zz-app==1.0 \\", "zz-lib==1.5 \\", "zz-deep==0.1 \\", "# ours")
          .contains("# What these require, as of pip ");
      Outcome outcome =
          client.installWithDependencies(simple(server), temporary.resolve("a"), hashed(file));
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();

      Path other = write("other.txt", Stream.of("zz-lib", "zz-source"));
      assertThat(pin(1, server, other, "--resolve"))
          .contains("line 2: zz-source: the index has no wheel that fits");
      assertThat(Files.readString(other))
          .contains("zz-lib==1.5 \\")
          .endsWith("\n")
          .contains("zz-source\n");

      Path wrong = write("wrong.txt", Stream.of("zz-lib<1", "zz-app"));
      assertThat(pin(3, server, wrong, "--resolve")).contains("Nothing was written");
      assertThat(Files.readString(wrong)).isEqualTo("zz-lib<1\nzz-app\n");
    }
  }
}
