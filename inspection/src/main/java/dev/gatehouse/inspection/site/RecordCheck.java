package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.record.RecordRow;
import dev.gatehouse.packaging.record.RecordedHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds the rows of each RECORD against the files (PEP 376, PEP 427, "Recording installed
 * projects"). Of 966 popular wheels none has a file that its RECORD does not list, none a row
 * without a file or a hash, and one (gmsh) writes its hashes in hex.
 */
final class RecordCheck implements SiteCheck {
  /** So that a wheel without a true word in its RECORD does not fill the report. */
  private static final int MOST_OF_A_KIND = 50;

  private static final Set<String> UNHASHED = Set.of("RECORD", "RECORD.jws", "RECORD.p7s");

  @Override
  public void check(Site site, Consumer<Finding> found) {
    for (Distribution distribution : site.distributions()) {
      if (distribution.rows() != null) {
        new Rows(site, distribution, found).check(distribution.rows());
      } else if (distribution.isDistInfo() && !distribution.recordUnreadable()) {
        found.accept(absent(site, distribution));
      }
    }
    boolean judged = site.distributions().stream().anyMatch(d -> d.rows() != null);
    if (site.isWheel() && judged) {
      Capped unlisted = new Capped(found);
      site.files().stream()
          .filter(file -> !site.isListed(file.path()) && !isUnhashed(file.path()))
          .forEach(file -> unlisted.accept(unlisted(file)));
    }
  }

  private static Finding absent(Site site, Distribution distribution) {
    Finding finding =
        IntegrityRules.RECORD_ABSENT.in(
            distribution.folder(),
            "Nobody can tell which files belong to it, nor whether they changed");
    return site.isWheel() ? finding : finding.as(Severity.INFO, false);
  }

  private static Finding unlisted(SiteFile file) {
    boolean code =
        file.inspected().role().isCode()
            || file.inspected().form().isNative()
            || file.inspected().link() != null
            || file.placement().scheme() != Placement.Scheme.SITE;
    Finding finding =
        IntegrityRules.RECORD_UNLISTED.in(
            file.path(), "Is in the wheel and gets installed, but RECORD does not list it");
    return code ? finding : finding.as(Severity.MEDIUM, false);
  }

  private static boolean isUnhashed(String path) {
    int slash = path.lastIndexOf('/');
    return slash > 0
        && path.substring(0, slash).endsWith(".dist-info")
        && UNHASHED.contains(path.substring(slash + 1));
  }

  /** Lets the first of a kind through. */
  private static final class Capped implements Consumer<Finding> {
    private final Consumer<Finding> found;
    private int count;

    Capped(Consumer<Finding> found) {
      this.found = found;
    }

    @Override
    public void accept(Finding finding) {
      if (count++ < MOST_OF_A_KIND) {
        found.accept(finding);
      }
    }
  }

  private static final class Rows {
    private final Site site;
    private final String recordPath;
    private final Capped mismatches;
    private final Capped missing;
    private final Capped oddities;
    private final Map<String, RecordRow> seen = new HashMap<>();
    private int hex;

    Rows(Site site, Distribution distribution, Consumer<Finding> found) {
      this.site = site;
      this.recordPath = distribution.folder() + "/RECORD";
      this.mismatches = new Capped(found);
      this.missing = new Capped(found);
      this.oddities = new Capped(found);
    }

    void check(List<RecordRow> rows) {
      for (RecordRow row : rows) {
        try {
          check(row);
        } catch (MalformedException e) {
          oddities.accept(
              IntegrityRules.RECORD_ENCODING
                  .at(
                      recordPath,
                      row.line(),
                      "A row cannot be verified: " + e.getMessage(),
                      row.hash())
                  .as(Severity.MEDIUM, false));
        }
      }
      if (hex > 0) {
        oddities.accept(
            IntegrityRules.RECORD_ENCODING.in(
                recordPath,
                "%d hashes are not written as URL-safe base64 without padding; they were verified all the same"
                    .formatted(hex)));
      }
    }

    private void check(RecordRow row) {
      String path = row.slashedPath();
      RecordRow other = seen.put(path, row);
      if (other != null && !other.hash().equals(row.hash())) {
        mismatches.accept(
            mismatch(
                row,
                "Is listed twice, with different hashes: which one counts depends on the reader"));
      }
      SiteFile file = site.file(path);
      if (file == null) {
        checkMissing(row, path);
      } else if (file.inspected().size() >= 0) {
        checkContent(row, file.inspected());
      }
    }

    private void checkMissing(RecordRow row, String path) {
      boolean expected = site.isWheel() || (!row.isOutside() && !path.endsWith(".pyc"));
      // An inspector of an environment need not push the files that it has no use for.
      boolean told = site.isWheel() || FileRole.of(path).isCode();
      if (expected && told) {
        Finding finding =
            IntegrityRules.RECORD_MISSING.at(
                recordPath, row.line(), "Lists a file that is not there", path);
        missing.accept(site.isWheel() ? finding : finding.as(Severity.LOW, false));
      }
    }

    private void checkContent(RecordRow row, InspectedFile file) {
      RecordedHash hash = row.recordedHash().orElse(null);
      long size = row.recordedSize().orElse(file.size());
      byte[] digest = hash == null ? null : file.digests().get(hash.algorithm());
      if (hash == null && site.isWheel() && !isUnhashed(file.path())) {
        oddities.accept(
            IntegrityRules.RECORD_ENCODING
                .at(recordPath, row.line(), "Lists a file without its hash", file.path())
                .as(Severity.MEDIUM, false));
      }
      if (hash != null && hash.encoding() != RecordedHash.Encoding.BASE64_URL) {
        hex++;
      }
      boolean hashDiffers = hash != null && digest != null && !hash.matches(digest);
      if (hashDiffers || (size != file.size() && !isUnhashed(file.path()))) {
        mismatches.accept(
            mismatch(row, "Is not the file that RECORD lists: it was changed after the build"));
      }
    }

    private Finding mismatch(RecordRow row, String message) {
      Finding finding =
          IntegrityRules.RECORD_MISMATCH.at(row.slashedPath(), 0, message, row.hash());
      if (site.isWheel()) {
        return finding;
      }
      boolean code = FileRole.of(row.slashedPath()).isCode();
      return finding.as(code ? Severity.HIGH : Severity.LOW, false);
    }
  }
}
