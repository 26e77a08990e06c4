package dev.gatehouse.pins.file;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.DependencySpecifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address that stands where an index would: of an archive, a repository or a file.
 *
 * @param project what the address tells of it: pip's {@code #egg=}, or the name of a wheel
 * @param hashes that the fragment states, which pip takes like {@code --hash}
 */
public record Address(Source source, @Nullable ProjectName project, List<FileHash> hashes) {
  private static final Set<String> PLAIN = Set.of("http", "https", "ftp", "file");
  private static final Set<String> SYSTEMS = Set.of("git", "hg", "svn", "bzr");

  /** Takes a copy. */
  public Address {
    hashes = List.copyOf(hashes);
  }

  /** Whether a text begins like an address, to pip. */
  public static boolean isAddress(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return false;
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    return PLAIN.contains(scheme) || system(scheme).isPresent();
  }

  /**
   * Reads an address.
   *
   * @throws MalformedException where its fragment states a hash that is none
   */
  public static Address parse(String text) {
    int hash = text.indexOf('#');
    String bare = hash < 0 ? text : text.substring(0, hash);
    @Nullable ProjectName project = null;
    List<FileHash> hashes = new ArrayList<>();
    for (String part : hash < 0 ? new String[0] : text.substring(hash + 1).split("&", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? "" : part.substring(0, equals);
      String value = part.substring(equals + 1);
      if (key.equals("egg")) {
        project =
            DependencySpecifier.parseIfValid(value).map(DependencySpecifier::project).orElse(null);
      } else if (Set.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512").contains(key)) {
        hashes.add(FileHash.of(key, value));
      }
    }
    return new Address(source(bare), project != null ? project : wheelProject(bare), hashes);
  }

  private static @Nullable ProjectName wheelProject(String address) {
    try {
      return WheelName.parse(LockedFile.filenameOf(address)).project();
    } catch (MalformedException e) {
      return null;
    }
  }

  private static Source source(String bare) {
    int colon = bare.indexOf(':');
    String scheme = bare.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
    Optional<String> system = system(scheme);
    if (system.isPresent()) {
      int plus = scheme.indexOf('+');
      return repository(system.get(), plus < 0 ? bare : bare.substring(plus + 1));
    }
    return scheme.equals("file") ? new Source.Local(bare) : new Source.Archive(bare);
  }

  /** The revision follows the last @ of the path; one before it belongs to the host. */
  private static Source repository(String system, String url) {
    int authority = url.indexOf("://");
    int path = url.indexOf('/', authority < 0 ? 0 : authority + 3);
    int at = url.lastIndexOf('@');
    return at > path && path >= 0
        ? new Source.Repository(system, url.substring(0, at), url.substring(at + 1))
        : new Source.Repository(system, url, null);
  }

  private static Optional<String> system(String scheme) {
    int plus = scheme.indexOf('+');
    String system = plus < 0 ? scheme : scheme.substring(0, plus);
    return SYSTEMS.contains(system) ? Optional.of(system) : Optional.empty();
  }
}
