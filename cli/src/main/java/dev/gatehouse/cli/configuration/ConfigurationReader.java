package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.inbound.TlsFiles;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

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
    Path folder = folderOf(file);
    Map<Table, List<TableReader>> tables = tables(parsed(text, problems), problems);
    TableReader indexTable = single(tables, Table.INDEX, problems);
    IndexSettings index =
        index(
            indexTable,
            new PeopleReader(environment, folder)
                .read(indexTable, single(tables, Table.RECALL, problems)),
            folder);
    Duration keepDownloads =
        indexTable
            .find(Setting.KEEP_DOWNLOADS, Durations::parsePositive)
            .orElse(VettingSettings.KEEP_DOWNLOADS);
    Optional<Path> caFile =
        single(tables, Table.OUTBOUND, problems)
            .find(Setting.CA_FILE, path -> existing(folder, path));
    List<UpstreamSettings> upstreams =
        new UpstreamsReader(folder, environment)
            .read(tables.getOrDefault(Table.UPSTREAM, List.of()));
    Policy policy = policy(tables, problems);
    List<UpstreamSettings> chosen = chosen(upstreams);
    AdvisorySettings advisories =
        AdvisoriesReader.read(single(tables, Table.ADVISORIES, problems), folder, chosen);
    problems.throwIfAny();
    return new Configuration(index, caFile.orElse(null), chosen, policy, advisories, keepDownloads);
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
      Map<Table, List<TableReader>> tables = tables(parsed(text, problems), problems);
      Policy policy = policy(tables, problems);
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
    ProvenancePolicy policy = provenance(tables(parsed(text, problems), problems));
    problems.throwIfAny();
    return policy;
  }

  private static ProvenancePolicy provenance(Map<Table, List<TableReader>> tables) {
    return ProvenanceReader.read(tables.getOrDefault(Table.PROVENANCE, List.of()));
  }

  private static TomlParseResult parsed(String text, Problems problems)
      throws ConfigurationException {
    TomlParseResult toml = Toml.parse(text);
    for (TomlParseError error : toml.errors()) {
      problems.add(error.position().line(), firstLine(String.valueOf(error.getMessage())));
    }
    // What could be saved of broken syntax would only add problems that are none.
    problems.throwIfAny();
    return toml;
  }

  private static Policy policy(Map<Table, List<TableReader>> tables, Problems problems) {
    return PolicyReader.read(
        single(tables, Table.POLICY, problems),
        tables.getOrDefault(Table.ALLOW, List.of()),
        tables.getOrDefault(Table.DENY, List.of()),
        provenance(tables));
  }

  /** The folder that a file's relative paths start from, and beside which its data lies. */
  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file.toAbsolutePath().getRoot() : folder;
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

  private static Map<Table, List<TableReader>> tables(TomlTable toml, Problems problems) {
    Map<Table, List<TableReader>> tables = new EnumMap<>(Table.class);
    for (String key : toml.keySet()) {
      int line = TableReader.lineOf(toml, key, 1);
      Optional<Table> table = Table.find(key);
      if (table.isEmpty()) {
        List<String> known = Arrays.stream(Table.values()).map(Table::key).toList();
        problems.add(line, TableReader.unknown("", key, known));
      } else {
        tables.put(table.get(), occurrences(table.get(), toml.get(List.of(key)), line, problems));
      }
    }
    return tables;
  }

  private static List<TableReader> occurrences(
      Table table, @Nullable Object value, int line, Problems problems) {
    List<TableReader> readers = new ArrayList<>();
    if (value instanceof TomlTable toml && !table.isList()) {
      readers.add(new TableReader(table, toml, line, problems));
    } else if (value instanceof TomlArray array && table.isList()) {
      for (int i = 0; i < array.size(); i++) {
        int place = TableReader.lineOf(array, i, line);
        if (array.get(i) instanceof TomlTable toml) {
          readers.add(new TableReader(table, toml, place, problems));
        } else {
          problems.add(place, table.key() + ": must be written as " + table + ", one for each");
        }
      }
    } else {
      problems.add(
          line,
          table.key()
              + ": must be written as "
              + table
              + (table.isList() ? ", one for each" : ", once"));
    }
    return readers;
  }

  private static TableReader single(
      Map<Table, List<TableReader>> tables, Table table, Problems problems) {
    List<TableReader> readers = tables.getOrDefault(table, List.of());
    return readers.isEmpty()
        ? new TableReader(table, Toml.parse(""), 0, problems)
        : readers.getFirst();
  }

  private IndexSettings index(TableReader table, People people, Path folder) {
    InetSocketAddress listen =
        table
            .find(Setting.LISTEN, ListenAddress::parse)
            .orElseGet(
                () -> new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT));
    Path data =
        table
            .find(Setting.DATA, path -> path(folder, path))
            .orElseGet(() -> folder.resolve(DATA_FOLDER));
    return new IndexSettings(
        overrides.listen() == null ? listen : overrides.listen(),
        table.find(Setting.PUBLIC_URL, ConfigurationReader::publicUrl).orElse(null),
        tls(table, folder),
        table.list(Setting.TRUSTED_PROXIES, AddressRange::parse),
        overrides.data() == null ? data : overrides.data().toAbsolutePath().normalize(),
        table.find(Setting.ANONYMOUS, ANONYMOUS).orElse(AnonymousReading.LOOPBACK),
        people,
        table.find(Setting.VET_AHEAD, Boolean.class, "true or false").orElse(true));
  }

  private static @Nullable TlsFiles tls(TableReader table, Path folder) {
    Optional<Path> certificate =
        table.find(Setting.TLS_CERTIFICATE, path -> existing(folder, path));
    Optional<Path> key = table.find(Setting.TLS_KEY, path -> existing(folder, path));
    if (table.has(Setting.TLS_CERTIFICATE) != table.has(Setting.TLS_KEY)) {
      Setting there = table.has(Setting.TLS_KEY) ? Setting.TLS_KEY : Setting.TLS_CERTIFICATE;
      table.problem(there, "tls-certificate and tls-key are given together or not at all");
    }
    return certificate.isPresent() && key.isPresent()
        ? new TlsFiles(certificate.get(), key.get())
        : null;
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

  private static Path path(Path folder, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must be a path, not " + quoted(text));
    }
    return folder.resolve(text).normalize();
  }

  private static Path existing(Path folder, String text) {
    Path file = path(folder, text);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException("there is no readable file " + file);
    }
    return file;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("is not TOML");
  }
}
