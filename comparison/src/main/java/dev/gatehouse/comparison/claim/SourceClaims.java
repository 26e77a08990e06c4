package dev.gatehouse.comparison.claim;

import dev.gatehouse.comparison.match.Artifact;
import dev.gatehouse.comparison.match.ArtifactFile;
import dev.gatehouse.comparison.match.ArtifactReader;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The repositories that an artifact's metadata names, the likeliest first. Labels are compared as
 * PEP 753 has it: without case, blanks and punctuation.
 */
public final class SourceClaims {
  /** An artifact may name any number of addresses; nobody asks more forges than these for it. */
  private static final int MOST = 5;

  private static final Set<String> SOURCE =
      Set.of(
          "source",
          "sourcecode",
          "repository",
          "repo",
          "code",
          "github",
          "gitlab",
          "git",
          "vcs",
          "sources",
          "githubrepo",
          "githubrepository",
          "sourcerepository");

  private static final Set<String> HOME =
      Set.of("homepage", "home", "website", "project", "projectpage");

  private record Ranked(int rank, SourceClaim claim) {}

  private SourceClaims() {}

  /**
   * Those of a wheel or an sdist.
   *
   * @param bytes left open
   * @throws MalformedException where it is none, or its metadata is malformed
   * @throws IOException where it cannot be read
   */
  public static List<SourceClaim> of(
      String filename, SeekableByteChannel bytes, Limits limits, InstantSource clock)
      throws IOException {
    if (filename.toLowerCase(Locale.ROOT).endsWith(".whl")) {
      return of(CoreMetadata.parse(WheelMetadata.read(bytes, WheelName.parse(filename))));
    }
    Artifact sdist = ArtifactReader.read(filename, bytes, limits, clock);
    List<ArtifactFile> metadata =
        sdist.files().stream().filter(file -> file.path().equals("PKG-INFO")).toList();
    byte[] content =
        sdist.contents().of(metadata).values().stream()
            .findFirst()
            .orElseThrow(() -> new MalformedException("an sdist without PKG-INFO"));
    return of(CoreMetadata.parse(content));
  }

  /** What they are, each repository once. */
  public static List<SourceClaim> of(CoreMetadata metadata) {
    List<Ranked> claims = new ArrayList<>();
    metadata
        .projectUrls()
        .forEach((label, address) -> add(claims, rank(label), "Project-URL " + label, address));
    metadata.homePage().ifPresent(address -> add(claims, 2, "Home-page", address));
    metadata.downloadUrl().ifPresent(address -> add(claims, 5, "Download-URL", address));
    Map<URI, SourceClaim> once = new LinkedHashMap<>();
    claims.stream()
        .sorted(Comparator.comparingInt(Ranked::rank))
        .forEach(ranked -> once.putIfAbsent(key(ranked.claim()), ranked.claim()));
    return once.values().stream().limit(MOST).toList();
  }

  /** Forges do not tell upper case from lower in names. */
  private static URI key(SourceClaim claim) {
    return URI.create(claim.repository().toString().toLowerCase(Locale.ROOT));
  }

  private static int rank(String label) {
    String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (SOURCE.contains(plain)) {
      return 0;
    }
    return HOME.contains(plain) ? 1 : 3;
  }

  private static void add(List<Ranked> claims, int rank, String label, String address) {
    ForgeAddress.parse(address)
        // A home page or a manual may lie anywhere; who says "source" of an unknown place means it.
        .filter(found -> found.certain() || rank == 0 || isGitHubPage(found))
        .ifPresent(
            found ->
                claims.add(
                    new Ranked(
                        found.certain() || rank == 0 ? rank : rank + 6,
                        new SourceClaim(found.repository(), found.folder(), label))));
  }

  private static boolean isGitHubPage(ForgeAddress found) {
    return "github.com".equals(found.repository().getHost());
  }
}
