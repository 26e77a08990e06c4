package dev.gatehouse.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.inbound.TlsFiles;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.index.settings.People;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.provenance.identity.Forge;
import dev.gatehouse.provenance.identity.PublisherPattern;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.policy.ProvenanceRule;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.CompareRules;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReaderTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  @Test
  void takesEveryDefaultFromAnEmptyFile() throws ConfigurationException {
    Configuration configuration = read("");

    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                new IndexSettings(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8484),
                    null,
                    null,
                    List.of(),
                    folder.resolve("gatehouse-data"),
                    AnonymousReading.LOOPBACK,
                    People.NOBODY,
                    true),
                null,
                List.of(
                    new UpstreamSettings(
                        "pypi",
                        URI.create("https://pypi.org/simple/"),
                        null,
                        List.of(),
                        List.of())),
                new Policy(Mode.VETTED, List.of(), List.of(), List.of()),
                new AdvisorySettings(AdvisoriesReader.OSV, Duration.ofHours(1), true),
                new SigstoreSettings(null, true),
                Duration.ofDays(400)));
  }

  @Test
  void refreshesTheTrustedRootWhereSomebodyOnTheInternetIsAskedAnyway() throws Exception {
    assertThat(read("[[upstream]]\nname = \"here\"\nurl = \"file:wheels/\"\n").sigstore().refresh())
        .isFalse();
    assertThat(read("[sigstore]\nrefresh = false\n").sigstore().refresh()).isFalse();
    Files.writeString(folder.resolve("root.json"), "{}");
    assertThat(read("[sigstore]\ntrusted-root = \"root.json\"\n").sigstore())
        .isEqualTo(new SigstoreSettings(folder.resolve("root.json"), false));
    assertThatThrownBy(() -> read("[sigstore]\ntrusted-root = \"root.json\"\nrefresh = true\n"))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains(
                        ":3: [sigstore] refresh: cannot be true where trusted-root is given"));
  }

  @Test
  void asksNobodyOnTheInternetForAdvisoriesWhereNoUpstreamIsThere() throws ConfigurationException {
    assertThat(
            read("[[upstream]]\nname = \"here\"\nurl = \"file:wheels/\"\n").advisories().source())
        .isNull();
    assertThat(read("[advisories]\nsource = \"none\"\n").advisories().source()).isNull();
  }

  @Test
  void readsEveryKeyThatThereIs() throws Exception {
    for (String name : List.of("cert.pem", "key.pem", "ca.pem", "root.json")) {
      Files.writeString(folder.resolve(name), "PEM");
    }
    Files.writeString(folder.resolve("token"), "from-the-file\n");
    Files.writeString(folder.resolve("hook"), "https://chat.example.com/hooks/secret\n");
    String text =
        """
        [index]
        listen = "[::1]:9000"
        public-url = "https://packages.example.com"
        tls-certificate = "cert.pem"
        tls-key = "key.pem"
        trusted-proxies = ["192.0.2.10", "2001:db8::/32"]
        data = "kept/here"
        anonymous = "nobody"
        contact = "#python-packages"
        keep-downloads = "90d"
        vet-ahead = false

        [recall]
        webhook = "file:hook"

        [outbound]
        ca-file = "ca.pem"

        [[upstream]]
        name = "pypi"
        url = "https://pypi.org/simple"

        [[upstream]]
        name = "artifactory"
        url = "https://artifactory.example.com/api/pypi/internal/simple/"
        credentials = "file:token"
        projects = ["Acme_*"]
        private-hosts = ["files.example.com"]

        [policy]
        mode = "allowlist"
        private = ["acme-*"]
        minimum-age = "36h"
        exempt = ["acme-*"]
        not-after = "2026-03-24T10:00:00Z"
        age-approvers = 3
        inspect = false
        stale-advisories = "30m"
        vulnerabilities = "never"
        compare = ["lite*"]
        minimum-coverage = 98

        [advisories]
        source = "osv/all.zip"
        refresh = "45s"
        built-in = false

        [[allow]]
        project = "LiteLLM"
        versions = "==1.82.6"
        sha256 = "%s"

        [[deny]]
        project = "litellm"
        versions = ["==1.82.7", "==1.82.8"]
        reason = "MAL-2026-2144"

        [[provenance]]
        projects = ["LiteLLM"]
        require-attestation = true
        publisher = "github:BerriAI/litellm/.github/workflows/release.yml"

        [sigstore]
        trusted-root = "root.json"
        refresh = false
        """
            .formatted(DIGEST);

    Configuration configuration = read(text);

    assertThat(configuration.index())
        .isEqualTo(
            new IndexSettings(
                new InetSocketAddress(InetAddress.ofLiteral("::1"), 9000),
                URI.create("https://packages.example.com"),
                new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem")),
                List.of(AddressRange.parse("192.0.2.10"), AddressRange.parse("2001:db8::/32")),
                folder.resolve("kept/here"),
                AnonymousReading.NOBODY,
                new People("#python-packages", Secret.of("https://chat.example.com/hooks/secret")),
                false));
    assertThat(configuration.keepDownloads()).isEqualTo(Duration.ofDays(90));
    assertThat(configuration.caFile()).isEqualTo(folder.resolve("ca.pem"));
    assertThat(configuration.upstreams())
        .containsExactly(
            new UpstreamSettings(
                "pypi", URI.create("https://pypi.org/simple/"), null, List.of(), List.of()),
            new UpstreamSettings(
                "artifactory",
                URI.create("https://artifactory.example.com/api/pypi/internal/simple/"),
                Secret.of("from-the-file"),
                List.of(ProjectPattern.parse("acme-*")),
                List.of("files.example.com")));
    assertThat(configuration.policy())
        .isEqualTo(
            new Policy(
                Mode.ALLOWLIST,
                List.of(ProjectPattern.parse("acme-*")),
                List.of(
                    new AllowRule(
                        ProjectName.parse("litellm"),
                        List.of(SpecifierSet.parse("==1.82.6")),
                        Set.of(Sha256.parse(DIGEST)))),
                List.of(
                    new DenyRule(
                        ProjectName.parse("litellm"),
                        List.of(SpecifierSet.parse("==1.82.7"), SpecifierSet.parse("==1.82.8")),
                        "MAL-2026-2144")),
                new VettingRules(
                    Duration.ofHours(36),
                    List.of(ProjectPattern.parse("acme-*")),
                    Instant.parse("2026-03-24T10:00:00Z"),
                    3,
                    false,
                    null,
                    Duration.ofMinutes(30),
                    new CompareRules(List.of(ProjectPattern.parse("lite*")), 98),
                    new ProvenancePolicy(
                        List.of(
                            new ProvenanceRule(
                                List.of(ProjectPattern.parse("litellm")),
                                true,
                                List.of(
                                    new PublisherPattern(
                                        Forge.GITHUB, "BerriAI/litellm", "release.yml"))))))));
    assertThat(configuration.advisories())
        .isEqualTo(
            new AdvisorySettings(
                folder.resolve("osv/all.zip").toString(), Duration.ofSeconds(45), false));

    assertThat(configuration.sigstore())
        .isEqualTo(new SigstoreSettings(folder.resolve("root.json"), false));

    // A key that this file leaves out is a key that this test does not show to work.
    assertThat(Setting.values())
        .filteredOn(setting -> !setting.table().key().startsWith("gateway"))
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(text).contains("\n" + setting.key() + " = "));
  }

  @Test
  void readsThePolicyAloneForADryRun() {
    assertThat(
            ConfigurationReader.policy(
                    Path.of("new.toml"),
                    """
                    [index]
                    tls-key = "no/such/file"
                    [policy]
                    mode = "observe"
                    """)
                .mode())
        .isEqualTo(Mode.OBSERVE);
    assertThatThrownBy(
            () ->
                ConfigurationReader.policy(
                    Path.of("new.toml"), "[policy]\nmode = \"all\"\nminimum-age = \"x\"\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("new.toml:2:")
        .hasMessageContaining("new.toml:3:");
  }

  @Test
  void neverShowsTheWebhookThatItRefuses() {
    assertThatThrownBy(() -> read("[recall]\nwebhook = \"chat.example.com/secret\"\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("webhook")
        .hasMessageNotContaining("secret");
  }

  @Test
  void putsTheCommandLineBeforeTheFile() throws ConfigurationException {
    var overrides =
        new Overrides(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            folder.resolve("elsewhere"),
            List.of(URI.create("https://mirror.example.com/simple/")));

    Configuration configuration =
        new ConfigurationReader(overrides, Map.of())
            .read(
                folder.resolve("gatehouse.toml"),
                """
                [index]
                listen = "127.0.0.1:9000"
                data = "here"
                [[upstream]]
                name = "pypi"
                url = "https://pypi.org/simple/"
                """);

    assertThat(configuration.index().listen().getPort()).isZero();
    assertThat(configuration.index().data()).isEqualTo(folder.resolve("elsewhere"));
    assertThat(configuration.upstreams())
        .extracting(UpstreamSettings::name, UpstreamSettings::url)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "mirror.example.com", URI.create("https://mirror.example.com/simple/")));
  }

  @Test
  void takesFoldersAsUpstreamsFromTheFilesOwnFolder() throws ConfigurationException {
    Configuration configuration = read("[[upstream]]\nname = \"wheels\"\nurl = \"file:wheels\"\n");

    assertThat(configuration.upstreams().getFirst().url())
        .isEqualTo(URI.create(folder.toUri() + "wheels/"));
  }

  @Test
  void findsCredentialsInTheEnvironment() throws ConfigurationException {
    Configuration configuration =
        read(
            """
            [[upstream]]
            name = "a"
            url = "https://a.example/simple/"
            credentials = "env:A_TOKEN"
            """);

    assertThat(Objects.requireNonNull(configuration.upstreams().getFirst().credentials()).reveal())
        .isEqualTo("from-the-environment");
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        // The syntax.
        bad("[index\n", "1: Unexpected end of line, expected ]"),
        bad(
            "[index]\ndata = \"a\"\ndata = \"b\"\n",
            "3: data previously defined at line 2, column 1"),
        // Keys and tables that there are not.
        bad(
            "[index]\nlisen = \"127.0.0.1:1\"\n",
            "2: [index] \"lisen\": no such key; did you mean listen?"),
        bad(
            "[index]\nwombat = 1\n",
            "2: [index] \"wombat\": no such key; there are listen, public-url, tls-certificate, tls-key, trusted-proxies,"
                + " data, anonymous, contact, keep-downloads and vet-ahead"),
        bad("[indx]\n", "1: \"indx\": no such key; did you mean index?"),
        bad(
            "[upstream]\nname = \"a\"\n",
            "1: upstream: must be written as [[upstream]], one for each"),
        bad("[[policy]]\n", "1: policy: must be written as [policy], once"),
        bad("policy = 1\n", "1: policy: must be written as [policy], once"),
        bad("deny = [1]\n", "1: deny: must be written as [[deny]], one for each"),
        bad(
            "[policy]\nminimum-age = \"a week\"\n",
            "2: [policy] minimum-age: must be a number with d, h, m or s, such as \"7d\", not \"a week\""),
        bad(
            "[[provenance]]\npublisher = \"BerriAI/litellm\"\n",
            "2: [[provenance]] publisher: a publisher is written github:OWNER/REPOSITORY,"
                + " github:OWNER/REPOSITORY/.github/workflows/FILE, gitlab:GROUP/PROJECT, gitlab:GROUP/PROJECT//PATH,"
                + " google:EMAIL, github-login:EMAIL or activestate:ORGANIZATION/PROJECT, not \"BerriAI/litellm\""),
        bad(
            "[[provenance]]\npublisher = \"google:a@b\"\nrequire-attestation = false\n",
            "3: [[provenance]] require-attestation: cannot be false where publisher is given: leaving the attestation"
                + " out would be the way round it"),
        bad("[policy]\nage-approvers = 0\n", "2: [policy] age-approvers: must be 1 to 100, not 0"),
        bad(
            "[policy]\nminimum-coverage = 101\n",
            "2: [policy] minimum-coverage: must be 0 to 100, not 101"),
        bad(
            "[policy]\ninspect = \"no\"\n",
            "2: [policy] inspect: must be true or false, not a text"),
        bad(
            "[policy]\nnot-after = \"yesterday\"\n",
            "2: [policy] not-after: must be a time in UTC such as \"2026-03-24T10:00:00Z\", not \"yesterday\""),
        bad(
            "[policy]\nvulnerabilities = \"bad\"\n",
            "2: [policy] vulnerabilities: must be \"critical\" or \"high\" or \"medium\" or \"low\", not \"bad\""),
        bad(
            "[advisories]\nrefresh = \"0s\"\n",
            "2: [advisories] refresh: must be more than nothing, not \"0s\""),
        // What later versions have.
        bad(
            "[index]\ndatabase = \"x\"\n",
            "2: [index] database: this version keeps everything in one folder; use data"),
        bad(
            "[gateway]\nlistn = \"x\"\n",
            "2: [gateway] \"listn\": no such key; did you mean listen?"),
        // Values of the wrong kind.
        bad(
            "[index]\nlisten = 8484\n",
            "2: [index] listen: must be a text in quotation marks, not a number"),
        bad(
            "[policy]\nprivate = \"acme\"\n",
            "2: [policy] private: must be a list in brackets, not a text"),
        bad(
            "[policy]\nprivate = [\n  \"acme\",\n  true,\n]\n",
            "4: [policy] private: must hold texts in quotation marks, not true or false"),
        bad(
            "[policy]\nprivate = []\n",
            "2: [policy] private: the list is empty; leave the key out to get the default"),
        bad(
            "[[deny]]\nproject = \"a\"\nversions = 1.0\n",
            "3: [[deny]] versions: must be a text in quotation marks or a list of them, not a number"),
        // Values that say nothing.
        bad(
            "[index]\nlisten = \"127.0.0.1\"\n",
            "2: [index] listen: must be an address and a port such as \"127.0.0.1:8484\" or \"[::1]:8484\", not"
                + " \"127.0.0.1\""),
        bad(
            "[index]\nlisten = \"127.0.0.1:http\"\n",
            "2: [index] listen: the port must be a number from 0 to 65535, not \"http\""),
        bad(
            "[index]\nlisten = \"127.0.0.1:65536\"\n",
            "2: [index] listen: the port must be a number from 0 to 65535, not \"65536\""),
        bad(
            "[index]\npublic-url = \"packages.example.com\"\n",
            "2: [index] public-url: must be an address such as \"https://packages.example.com\", without user, ? or #"),
        bad(
            "[index]\nanonymous = \"all\"\n",
            "2: [index] anonymous: must be \"loopback\" or \"everyone\" or \"nobody\", not \"all\""),
        bad(
            "[index]\ntls-key = \"none.pem\"\n",
            "2: [index] tls-key: there is no readable file FOLDER/none.pem",
            "2: [index] tls-key: tls-certificate and tls-key are given together or not at all"),
        bad(
            "[outbound]\nca-file = \"none.pem\"\n",
            "2: [outbound] ca-file: there is no readable file FOLDER/none.pem"),
        bad(
            "[policy]\nmode = \"strict\"\n",
            "2: [policy] mode: must be \"observe\" or \"vetted\" or \"allowlist\", not \"strict\""),
        bad(
            "[policy]\nprivate = [\"*-acme\"]\n",
            "2: [policy] private: a pattern is a project name (\"acme\") or the beginning of one and a '*' (\"acme-*\"), not"
                + " \"*-acme\""),
        // Rules.
        bad("[[allow]]\nversions = \"==1\"\n", "1: [[allow]]: project is missing"),
        bad(
            "[[deny]]\nproject = \"acme-*\"\n",
            "2: [[deny]] project: must be one project's name, not the pattern \"acme-*\""),
        bad(
            "[[deny]]\nproject = \"a\"\nversions = \"\"\n",
            "3: [[deny]] versions: the specifier set is empty; leave the key out to mean every version"),
        // Upstreams.
        bad(
            "[[upstream]]\n",
            "1: [[upstream]]: name is missing",
            "1: [[upstream]]: url is missing"),
        upstream(
            "name = \"a b\"",
            "4: [[upstream]] name: must be 1 to 64 letters, digits, dots, dashes or underscores, not \"a b\""),
        upstream(
            "url = \"ftp://a.example/\"",
            "4: [[upstream]] url: must begin with https:, http: or file:, not \"ftp:\""),
        upstream("url = \"https:///simple/\"", "4: [[upstream]] url: names no host"),
        upstream(
            "url = \"https://a.example/a b\"",
            "4: [[upstream]] url: is not an address: Illegal character in path at character 20"),
        bad(
            "[[upstream]]\nname = \"a\"\nurl = \"file:wheels\"\ncredentials = \"env:A_TOKEN\"\n",
            "4: [[upstream]] credentials: a folder takes none; leave the key out"),
        upstream(
            "url = \"https://a.example/simple/?x\"",
            "4: [[upstream]] url: must end before the ? or #: pages are found by adding to its path"),
        upstream(
            "url = \"https://user:hunter2@a.example/simple/\"",
            "4: [[upstream]] url: has a user or password in it (not shown here); take them out and use credentials ="
                + " \"env:NAME\" or \"file:PATH\""),
        upstream(
            "credentials = \"hunter2\"",
            "4: [[upstream]] credentials: must be \"env:NAME\" or \"file:PATH\"; a secret itself does not belong into this"
                + " file (it is not shown here)"),
        upstream(
            "credentials = \"env:NO_SUCH\"",
            "4: [[upstream]] credentials: the environment variable NO_SUCH is not set"),
        upstream(
            "credentials = \"file:none\"",
            "4: [[upstream]] credentials: the file FOLDER/none cannot be read"),
        bad(
            "[[upstream]]\nname = \"a\"\nurl = \"http://a.example/\"\ncredentials = \"env:A_TOKEN\"\n",
            "4: [[upstream]] credentials: would travel to http://a.example unencrypted; use an https address"),
        upstream(
            "private-hosts = [\"https://a.example/\"]",
            "4: [[upstream]] private-hosts: must be a host's name or address without scheme, port or path, not"
                + " \"https://a.example/\""),
        bad(
            upstreamText("a", "") + upstreamText("b", ""),
            "4: [[upstream]]: b has no projects, and neither has a (line 1): at most one upstream is asked for everything"
                + " else; give one of them projects"),
        bad(
            upstreamText("a", "projects = [\"acme-*\"]\n") + upstreamText("a", ""),
            "6: [[upstream]] name: is the name of the upstream in line 1 too; names are unique"),
        bad(
            upstreamText("a", "projects = [\"acme-*\"]\n")
                + upstreamText("b", "projects = [\"Acme.Tools\"]\n"),
            "8: [[upstream]] projects: \"acme-tools\" overlaps \"acme-*\" of the upstream a (line 1); a project is asked of"
                + " one upstream only"),
        // All of them at once, in the order of the lines.
        bad(
            "[policy]\nmode = \"x\"\n[index]\nlisten = 1\n[outbound]\nca = \"x\"\n",
            "2: [policy] mode: must be \"observe\" or \"vetted\" or \"allowlist\", not \"x\"",
            "4: [index] listen: must be a text in quotation marks, not a number",
            "6: [outbound] \"ca\": no such key; there are ca-file"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void saysWhatIsWrongAndWhere(String text, List<String> expected) {
    Path file = folder.resolve("gatehouse.toml");

    var refusal = catchThrowableOfType(ConfigurationException.class, () -> read(text));

    assertThat(refusal).isNotNull();
    assertThat(refusal.problems())
        .extracting(Problem::toString)
        .containsExactlyElementsOf(
            expected.stream()
                .map(line -> file + ":" + line.replace("FOLDER", folder.toString()))
                .toList());
    assertThat(refusal.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void letsCredentialsGoUnencryptedToThisMachineOnly() {
    assertThatCode(
            () ->
                read(
                    """
                    [[upstream]]
                    name = "a"
                    url = "http://127.0.0.1:3141/root/pypi/+simple/"
                    credentials = "env:A_TOKEN"
                    """))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesACredentialsFileOfTwoLines() throws IOException {
    Files.writeString(folder.resolve("token"), "hunter2\nhunter3\n");

    var refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> read(upstreamText("a", "credentials = \"file:token\"\n")));

    assertThat(refusal.getMessage()).endsWith("must hold one line").doesNotContain("hunter");
  }

  private Configuration read(String text) throws ConfigurationException {
    return new ConfigurationReader(Overrides.NONE, Map.of("A_TOKEN", "from-the-environment"))
        .read(folder.resolve("gatehouse.toml"), text);
  }

  private static String upstreamText(String name, String more) {
    return "[[upstream]]\nname = \"%s\"\nurl = \"https://a.example/\"\n%s".formatted(name, more);
  }

  /** An upstream with one line more, or with one line replaced: the fourth. */
  private static Arguments upstream(String line, String expected) {
    String key = line.substring(0, line.indexOf(' '));
    String text =
        switch (key) {
          case "name" -> "[[upstream]]\nurl = \"https://a.example/\"\n\n" + line + "\n";
          case "url" -> "[[upstream]]\nname = \"a\"\n\n" + line + "\n";
          default -> upstreamText("a", line + "\n");
        };
    return bad(text, expected);
  }

  private static Arguments bad(String text, String... problems) {
    return arguments(text, List.of(problems));
  }
}
