package dev.gatehouse.cli.configuration;

import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.index.settings.People;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Policy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a {@link Configuration} of a file's text, what the command line says before it, and the
 * defaults.
 */
public final class ConfigurationReader {
  /** The data folder's name beside the file, where none is given. */
  static final String DATA_FOLDER = "gatehouse-data";

  private static final int DEFAULT_PORT = 8484;
  private static final Function<String, AnonymousReading> ANONYMOUS =
      TableReader.oneOf(AnonymousReading.values(), value -> value.name().toLowerCase(Locale.ROOT));

  private final Overrides overrides;
  private final Map<String, String> environment;

  /**
   * @param environment where {@code env:} credentials are looked up
   */
  public ConfigurationReader(Overrides overrides, Map<String, String> environment) {
    this.overrides = overrides;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads {@code text}, all of it: what is wrong is reported together.
   *
   * @param file where the text comes from: its folder is what relative paths start from, and
   *     messages name it
   * @param text empty: the defaults
   */
  public Configuration read(Path file, String text) throws ConfigurationException {
    Problems problems = new Problems(file);
    Path folder = FilePaths.folderOf(file);
    Tables tables = Tables.read(text, problems);
    TableReader indexTable = tables.single(Table.INDEX);
    IndexSettings index =
        index(
            indexTable,
            new PeopleReader(environment, folder).read(indexTable, tables.single(Table.RECALL)),
            folder);
    Duration keepDownloads =
        indexTable
            .find(Setting.KEEP_DOWNLOADS, Durations::parsePositive)
            .orElse(VettingSettings.KEEP_DOWNLOADS);
    Optional<Path> caFile =
        tables
            .single(Table.OUTBOUND)
            .find(Setting.CA_FILE, path -> FilePaths.existing(folder, path));
    List<UpstreamSettings> upstreams =
        new UpstreamsReader(folder, environment).read(tables.list(Table.UPSTREAM));
    Policy policy = policy(tables);
    List<UpstreamSettings> chosen = chosen(upstreams);
    AdvisorySettings advisories =
        AdvisoriesReader.read(tables.single(Table.ADVISORIES), folder, chosen);
    SigstoreSettings sigstore =
        SigstoreReader.read(
            tables.single(Table.SIGSTORE),
            path -> FilePaths.existing(folder, path),
            AdvisoriesReader.asksTheInternet(chosen));
    problems.throwIfAny();
    return new Configuration(
        index, caFile.orElse(null), chosen, policy, advisories, sigstore, keepDownloads);
  }

  /**
   * Reads the policy alone, for a dry run: nothing else in the text is looked at, and no file or
   * variable that it names.
   *
   * @throws IllegalArgumentException where it is wrong; a line for each problem
   */
  public static Policy policy(Path file, String text) {
    Problems problems = new Problems(file);
    try {
      Tables tables = Tables.read(text, problems);
      Policy policy = policy(tables);
      problems.throwIfAny();
      return policy;
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(
          e.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")), e);
    }
  }

  /**
   * Reads what is asked of provenance alone: no file or variable that the text names is looked at.
   *
   * @throws ConfigurationException where a table or that part is wrong
   */
  public static ProvenancePolicy provenance(Path file, String text) throws ConfigurationException {
    Problems problems = new Problems(file);
    ProvenancePolicy policy = provenance(Tables.read(text, problems));
    problems.throwIfAny();
    return policy;
  }

  /**
   * Reads {@code [sigstore]} alone, for a command beside the server: whether the file that it names
   * is there is seen when it is read.
   *
   * @throws ConfigurationException where a table or that part is wrong
   */
  public static SigstoreSettings sigstore(Path file, String text) throws ConfigurationException {
    Problems problems = new Problems(file);
    Path folder = FilePaths.folderOf(file);
    SigstoreSettings settings =
        SigstoreReader.read(
            Tables.read(text, problems).single(Table.SIGSTORE),
            path -> FilePaths.path(folder, path),
            true);
    problems.throwIfAny();
    return settings;
  }

  private static ProvenancePolicy provenance(Tables tables) {
    return ProvenanceReader.read(tables.list(Table.PROVENANCE));
  }

  private static Policy policy(Tables tables) {
    return PolicyReader.read(
        tables.single(Table.POLICY),
        tables.list(Table.ALLOW),
        tables.list(Table.DENY),
        provenance(tables));
  }

  private List<UpstreamSettings> chosen(List<UpstreamSettings> upstreams) {
    if (overrides.upstreams().isEmpty()) {
      return upstreams.isEmpty() ? List.of(UpstreamsReader.PYPI) : upstreams;
    }
    return overrides.upstreams().stream()
        .map(url -> new UpstreamSettings(nameOf(url), url, null, List.of(), List.of()))
        .toList();
  }

  private static String nameOf(URI upstream) {
    return upstream.getHost() == null ? "folder" : upstream.getHost();
  }

  private IndexSettings index(TableReader table, People people, Path folder) {
    InetSocketAddress listen =
        table
            .find(Setting.LISTEN, ListenAddress::parse)
            .orElseGet(
                () -> new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT));
    Path data =
        table
            .find(Setting.DATA, path -> FilePaths.path(folder, path))
            .orElseGet(() -> folder.resolve(DATA_FOLDER));
    return new IndexSettings(
        overrides.listen() == null ? listen : overrides.listen(),
        table.find(Setting.PUBLIC_URL, ConfigurationReader::publicUrl).orElse(null),
        FilePaths.tls(table, Setting.TLS_CERTIFICATE, Setting.TLS_KEY, folder),
        table.list(Setting.TRUSTED_PROXIES, AddressRange::parse),
        overrides.data() == null ? data : overrides.data().toAbsolutePath().normalize(),
        table.find(Setting.ANONYMOUS, ANONYMOUS).orElse(AnonymousReading.LOOPBACK),
        people,
        table.find(Setting.VET_AHEAD, Boolean.class, "true or false").orElse(true));
  }

  private static URI publicUrl(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not an address: " + e.getReason(), e);
    }
    boolean web =
        "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "must be an address such as \"https://packages.example.com\", without user, ? or #");
    }
    return url;
  }
}
