package dev.gatehouse.packaging.metadata;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an artifact says of itself. Name, version and metadata version are checked, for everything
 * hangs on them; all else is text as it was written, on one line unless said otherwise, the first
 * of several where only one belongs. Headers that this class does not know are kept.
 */
public final class CoreMetadata {
  /** The longest of our corpus has 46 kB; what is longer than this is meant to hurt. */
  public static final int LONGEST_BYTES = 10 * 1024 * 1024;

  private static final int NEWEST_MAJOR = 2;

  private final List<Header> headers;
  private final String body;
  private final String metadataVersion;
  private final String spelledName;
  private final ProjectName name;
  private final Version version;

  private CoreMetadata(HeaderBlock block) {
    this.headers = block.headers();
    this.body = block.body();
    this.metadataVersion = only("Metadata-Version");
    this.spelledName = only("Name");
    this.name = ProjectName.parse(spelledName);
    this.version = Version.parse(only("Version"));
    requireKnown(metadataVersion);
  }

  /**
   * Reads metadata in UTF-8; other bytes become replacement characters, as old descriptions hold
   * them.
   *
   * @throws MalformedException when it is longer than {@link #LONGEST_BYTES}, when name, version or
   *     metadata version are missing, malformed or there twice, or when its major version is newer
   *     than 2
   */
  public static CoreMetadata parse(byte[] utf8) {
    if (utf8.length > LONGEST_BYTES) {
      throw new MalformedException(
          "metadata has at most %d bytes, not %d".formatted(LONGEST_BYTES, utf8.length));
    }
    return new CoreMetadata(HeaderBlock.parse(new String(utf8, StandardCharsets.UTF_8)));
  }

  /**
   * A tool must fail on a newer major version, and may read a newer minor one ("Metadata-Version").
   */
  private static void requireKnown(String metadataVersion) {
    String[] numbers = metadataVersion.split("\\.", -1);
    boolean known =
        numbers.length == 2
            && metadataVersion.length() <= 7
            && Arrays.stream(numbers).allMatch(CoreMetadata::isNumber)
            && Integer.parseInt(numbers[0]) <= NEWEST_MAJOR;
    if (!known) {
      throw new MalformedException(
          "metadata of a version up to 2.5 was expected, not of " + quoted(metadataVersion));
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && Ascii.all(text, Ascii::isDigit);
  }

  /** All headers in their order, known or not. */
  public List<Header> headers() {
    return headers;
  }

  /** The values of a header, each on one line; case does not count in its name. */
  public List<String> values(String header) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(header))
        .map(Header::unfolded)
        .toList();
  }

  /** {@code 2.4}. */
  public String metadataVersion() {
    return metadataVersion;
  }

  /** The project. */
  public ProjectName name() {
    return name;
  }

  /** The project's name as it was written: {@code Flask}. */
  public String spelledName() {
    return spelledName;
  }

  /** The version. */
  public Version version() {
    return version;
  }

  /** Which fields a build may fill in anew (2.2). */
  public List<String> dynamic() {
    return values("Dynamic");
  }

  public List<String> platforms() {
    return values("Platform");
  }

  public Optional<String> summary() {
    return first("Summary");
  }

  /** The body, or else the header that older versions had for it; with its line breaks. */
  public Optional<String> description() {
    if (!body.isBlank()) {
      return Optional.of(body);
    }
    return firstHeader("Description").map(header -> Description.unindented(header.value()));
  }

  public Optional<String> descriptionContentType() {
    return first("Description-Content-Type");
  }

  /** Divided at commas. */
  public List<String> keywords() {
    return first("Keywords").stream()
        .flatMap(keywords -> Arrays.stream(keywords.split(",", -1)))
        .map(String::strip)
        .filter(keyword -> !keyword.isEmpty())
        .toList();
  }

  public Optional<String> homePage() {
    return first("Home-page");
  }

  public Optional<String> downloadUrl() {
    return first("Download-URL");
  }

  public Optional<String> author() {
    return first("Author");
  }

  public Optional<String> authorEmail() {
    return first("Author-email");
  }

  public Optional<String> maintainer() {
    return first("Maintainer");
  }

  public Optional<String> maintainerEmail() {
    return first("Maintainer-email");
  }

  /** Free text, often a whole licence, with its line breaks. */
  public Optional<String> license() {
    return firstHeader("License").map(Header::value);
  }

  /** An SPDX expression (2.4, PEP 639). */
  public Optional<String> licenseExpression() {
    return first("License-Expression");
  }

  /** Paths below {@code .dist-info/licenses} (2.4, PEP 639). */
  public List<String> licenseFiles() {
    return values("License-File");
  }

  public List<String> classifiers() {
    return values("Classifier");
  }

  /** Requirements as PEP 508 writes them. */
  public List<String> requiresDist() {
    return values("Requires-Dist");
  }

  /** A specifier set, unchecked. */
  public Optional<String> requiresPython() {
    return first("Requires-Python");
  }

  public List<String> requiresExternal() {
    return values("Requires-External");
  }

  public List<String> providesExtra() {
    return values("Provides-Extra");
  }

  public List<String> providesDist() {
    return values("Provides-Dist");
  }

  public List<String> obsoletesDist() {
    return values("Obsoletes-Dist");
  }

  /** Addresses by their labels, in order; of two with the same label the first. */
  public Map<String, String> projectUrls() {
    Map<String, String> urls = new LinkedHashMap<>();
    for (String value : values("Project-URL")) {
      int comma = value.indexOf(',');
      if (comma >= 0) {
        urls.putIfAbsent(value.substring(0, comma).strip(), value.substring(comma + 1).strip());
      }
    }
    return urls;
  }

  /** What can be imported and belongs to this project alone (2.5, PEP 794). */
  public List<String> importNames() {
    return values("Import-Name");
  }

  /** What can be imported and is shared with other projects (2.5, PEP 794). */
  public List<String> importNamespaces() {
    return values("Import-Namespace");
  }

  private Optional<String> first(String header) {
    return firstHeader(header).map(Header::unfolded);
  }

  private Optional<Header> firstHeader(String name) {
    return headers.stream().filter(header -> header.name().equalsIgnoreCase(name)).findFirst();
  }

  private String only(String header) {
    List<String> values = values(header);
    if (values.size() != 1) {
      throw new MalformedException(
          "metadata states its %s once, not %d times".formatted(header, values.size()));
    }
    return values.getFirst();
  }
}
