package dev.gatehouse.cli.installers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.cli.installers.Installer.Outcome;
import dev.gatehouse.index.IndexServer;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Real wheels are installed through Gatehouse, from a folder and over HTTP, with every other source
 * shut off.
 */
abstract class InstallerContract {
  private static final int LEAST_WHEELS = 30;
  private static final Policy VETTED = new Policy(Mode.VETTED, List.of(), List.of(), List.of());

  @TempDir Path temporary;
  private Path wheels;

  /** By project, the one wheel of it that is installed: the newest that fits any Python 3 here. */
  private final Map<ProjectName, Path> chosen = new TreeMap<>();

  /** The client, where this machine has it. */
  abstract Optional<Installer> installer();

  @BeforeEach
  void gather() throws IOException {
    assumeTrue(installer().isPresent(), "this client is not on this machine");
    wheels = temporary.resolve("wheels");
    Files.createDirectory(wheels);
    List<Path> real = Corpus.wheels();
    if (real.isEmpty()) {
      for (int i = 0; i < LEAST_WHEELS; i++) {
        WheelBuilder.wheel("sample-%02d".formatted(i), "1.0")
            .padding(i * 10_000)
            .build()
            .writeTo(wheels);
      }
    } else {
      for (Path wheel : real) {
        Files.copy(wheel, wheels.resolve(wheel.getFileName()));
      }
    }
    try (Stream<Path> files = Files.list(wheels)) {
      files.sorted().forEach(this::choose);
    }
    assertThat(chosen.size()).isGreaterThanOrEqualTo(LEAST_WHEELS);
  }

  private void choose(Path wheel) {
    WheelName name = WheelName.parse(wheel.getFileName().toString());
    if (name.platformTags().contains("any")) {
      chosen.put(name.project(), wheel);
    }
  }

  private List<Path> some() {
    return chosen.entrySet().stream()
        .filter(entry -> !entry.getKey().normalized().equals("pip"))
        .map(Map.Entry::getValue)
        .limit(LEAST_WHEELS + 2)
        .toList();
  }

  /** A folder for each project with a page that a web server can serve. */
  private Path tree() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    for (Map.Entry<ProjectName, Path> entry : chosen.entrySet()) {
      Path folder = Files.createDirectory(tree.resolve(entry.getKey().normalized()));
      String file = entry.getValue().getFileName().toString();
      Files.copy(entry.getValue(), folder.resolve(file));
      Files.writeString(
          folder.resolve("index.html"),
          "<!DOCTYPE html><a href=\"%s#sha256=%s\">%s</a>"
              .formatted(file, hash(entry.getValue()), file));
    }
    return tree;
  }

  private static Sha256 hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }

  private IndexServer serve(URI upstream, Policy policy) throws Exception {
    return serve("data", upstream, policy, AdvisorySettings.BUILT_IN);
  }

  private IndexServer serve(String data, URI upstream, Policy policy, AdvisorySettings advisories)
      throws Exception {
    IndexSettings settings =
        new IndexSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            null,
            List.of(),
            temporary.resolve(data),
            AnonymousReading.LOOPBACK);
    UpstreamSettings source = new UpstreamSettings("source", upstream, null, List.of(), List.of());
    return IndexServer.start(
        settings,
        policy,
        new VettingSettings(advisories, VettingSettings.KEEP_DOWNLOADS, "test"),
        List.of(source),
        OutboundSettings.direct(),
        _ -> policy,
        Clock.systemUTC());
  }

  private static URI simple(IndexServer server) {
    return server.address().resolve("simple/");
  }

  private Installer client() {
    return installer().orElseThrow();
  }

  private static String requirement(Path wheel) {
    WheelName name = WheelName.parse(wheel.getFileName().toString());
    return name.project() + "==" + name.version();
  }

  private void installs(IndexServer server, String into, List<String> arguments)
      throws IOException {
    Path target = temporary.resolve(into);
    Outcome unknown = client().install(simple(server), target, List.of("no-such-project-anywhere"));
    assertThat(unknown.exitCode()).as("another source is open").isNotZero();

    Outcome outcome = client().install(simple(server), target, arguments);

    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    try (Stream<Path> installed = Files.list(target)) {
      assertThat(installed.filter(path -> path.toString().endsWith(".dist-info")))
          .hasSize(some().size());
    }
  }

  private List<String> hashed() throws IOException {
    Path file = Files.writeString(temporary.resolve("requirements.txt"), hashed(some()), UTF_8);
    return List.of("--require-hashes", "--requirement", file.toString());
  }

  @Test
  void installsFromAFolder() throws Exception {
    try (IndexServer server = serve(wheels.toUri(), Policy.observing())) {
      installs(server, "plain", some().stream().map(InstallerContract::requirement).toList());
      installs(server, "hashed", hashed());
    }
  }

  @Test
  void installsFromAnHttpUpstreamAndThenWithoutIt() throws Exception {
    try (StaticServer upstream = new StaticServer(tree())) {
      try (IndexServer server = serve(upstream.uri(), Policy.observing())) {
        installs(server, "plain", some().stream().map(InstallerContract::requirement).toList());
        upstream.goesDown();
        installs(server, "hashed", hashed());
      }
    }
  }

  @Test
  void installsFromASnapshotAndFromAnIndexThatWentBackToIt() throws Exception {
    SampleArtifact old = WheelBuilder.wheel("zz-demo", "1.0").build();
    old.writeTo(wheels);
    try (IndexServer server = serve(wheels.toUri(), VETTED)) {
      URI simple = simple(server);
      assertThat(install(simple, "first", "zz-demo").exitCode()).isZero();
      Run created = command("snapshot", "create", "march");
      assertThat(created.exitCode()).as(created.output()).isZero();
      WheelBuilder.wheel("zz-demo", "2.0").build().writeTo(wheels);
      URI march = server.address().resolve("snapshot/march/simple/");

      assertThat(install(march, "snapshot", "zz-demo").output()).contains("zz-demo-1.0");
      assertThat(install(march, "unlisted", requirement(some().getFirst())).output())
          .contains("only what the snapshot march lists is served");
      assertThat(command("snapshot", "use", "march").exitCode()).isZero();
      assertThat(install(simple, "back", "zz-demo").output()).contains("zz-demo-1.0");
      assertThat(install(simple, "newer", "zz-demo==2.0").output())
          .contains("Gatehouse holds zz-demo 2.0: only what the snapshot march lists is served");

      assertThat(command("snapshot", "use", "--none").exitCode()).isZero();
      assertThat(install(simple, "forward", "zz-demo").output()).contains("zz-demo-2.0");
      Path constraints = temporary.resolve("constraints.txt");
      command("snapshot", "export", "march", "--to", "constraints", "-o", constraints.toString());
      assertThat(
              client()
                  .install(
                      simple,
                      temporary.resolve("constrained"),
                      List.of("--constraint", constraints.toString(), "zz-demo"))
                  .output())
          .contains("zz-demo-1.0");
    }
  }

  @Test
  void installsAcrossAnAirGap() throws Exception {
    Path clean = WheelBuilder.wheel("zz-clean", "1.0").build().writeTo(wheels);
    Path bad = WheelBuilder.wheel("zz-bad", "1.0").build().writeTo(wheels);
    List<Path> wanted = new ArrayList<>(some().subList(0, 4));
    wanted.add(clean);
    wanted.add(bad);
    Path lock = temporary.resolve("requirements.txt");
    Files.writeString(lock, hashed(wanted), UTF_8);
    Path out = temporary.resolve("export");

    try (IndexServer outside =
        serve("data", wheels.toUri(), VETTED, following(malware("zz-bad")))) {
      assertThat(install(simple(outside), "outside", "no-such-project-anywhere").exitCode())
          .as("another source is open")
          .isNotZero();
      Run exported = command("export", "--lock", lock.toString(), out.toString());
      assertThat(exported.exitCode()).as(exported.output()).isEqualTo(1);
      assertThat(exported.output()).contains("zz_bad-1.0-py3-none-any.whl  refuse: MAL-2026-1 ");
    }
    wanted.remove(bad);
    Files.writeString(lock, hashed(wanted), UTF_8);
    Files.move(wheels, temporary.resolve("gone"));

    try (IndexServer inside =
        serve("inside", out.toUri(), VETTED, following(out.resolve("advisories.json")))) {
      assertThat(install(simple(inside), "unknown", "no-such-project-anywhere").exitCode())
          .as("another source is open")
          .isNotZero();
      Outcome outcome =
          client()
              .install(
                  simple(inside),
                  temporary.resolve("inside-target"),
                  List.of("--require-hashes", "--requirement", lock.toString()));

      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      assertThat(install(simple(inside), "bad", "zz-bad==1.0").exitCode()).isNotZero();
      Run status = commandTo("inside", "status", "--format", "json");
      assertThat(status.output()).contains("\"records\":1").contains("\"stale\":null");
    }
  }

  private AdvisorySettings following(Path source) {
    return new AdvisorySettings(source.toString(), Duration.ofHours(1), true);
  }

  private Path malware(String project) throws IOException {
    return Files.writeString(
        temporary.resolve("osv.json"),
        """
        {"id": "MAL-2026-1", "modified": "%s", "affected": [{"package":
          {"ecosystem": "PyPI", "name": "%s"}, "versions": ["1.0"]}]}
        """
            .formatted(Instant.now(), project));
  }

  private static String hashed(List<Path> some) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path wheel : some) {
      lines.add(requirement(wheel) + " --hash=sha256:" + hash(wheel));
    }
    return String.join("\n", lines) + "\n";
  }

  /** What a command of ours printed and ended with. */
  private record Run(int exitCode, String output) {}

  private Run command(String... arguments) {
    return commandTo("data", arguments);
  }

  private Run commandTo(String data, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + temporary.resolve(data));
    StringWriter output = new StringWriter();
    CommandLine command = Commands.of(Map.of());
    command.setOut(new PrintWriter(output, true));
    command.setErr(new PrintWriter(output, true));
    return new Run(command.execute(all.toArray(String[]::new)), output.toString());
  }

  private Outcome install(URI index, String into, String requirement) {
    return client().install(index, temporary.resolve(into), List.of(requirement));
  }

  @Test
  void tellsItsUserWhyAVersionIsRefused() throws Exception {
    Path wheel = some().getFirst();
    WheelName name = WheelName.parse(wheel.getFileName().toString());
    DenyRule rule =
        new DenyRule(
            name.project(), List.of(SpecifierSet.parse("==" + name.version())), "MAL-2026-2144");
    Policy policy = new Policy(Mode.OBSERVE, List.of(), List.of(), List.of(rule));
    try (IndexServer server = serve(wheels.toUri(), policy)) {
      Outcome pinned =
          client()
              .install(simple(server), temporary.resolve("refused"), List.of(requirement(wheel)));

      assertThat(pinned.exitCode()).isNotZero();
      assertThat(pinned.output())
          .contains("403")
          .contains(
              "Gatehouse refuses " + name.project() + " " + name.version() + ": MAL-2026-2144");
    }
  }
}
