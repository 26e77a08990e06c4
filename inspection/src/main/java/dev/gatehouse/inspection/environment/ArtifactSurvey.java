package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.site.IntegrityRules;
import dev.gatehouse.inspection.startup.ExecutableLine;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A wheel or an sdist that lies somewhere, by its name or by its bytes. */
final class ArtifactSurvey implements Survey {
  /** In the details of its outcome: whether there was an artifact. */
  static final String ARTIFACT = "artifact";

  private static final List<String> SUFFIXES =
      List.of(".whl", ".egg", ".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tar.xz", ".tar.zst");

  private final TreeEntry file;
  private final boolean named;
  private final ArtifactInspection inspection;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Plans a file.
   *
   * @param named whether its name tells what it is; else its bytes do
   */
  ArtifactSurvey(TreeEntry file, boolean named, ArtifactInspection inspection) {
    this.file = file;
    this.named = named;
    this.inspection = inspection;
  }

  /** Whether a file of that name is an artifact. */
  static boolean isArtifact(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(lower::endsWith);
  }

  @Override
  public List<Want> wants() {
    return List.of(new Want(file, this::read));
  }

  private void read(Content content) throws IOException {
    SeekableByteChannel bytes = content.channel();
    if (named) {
      add(inspection.inspect(file.path(), file.name(), bytes));
      return;
    }
    Optional<CachedBody> body = CachedBody.find(bytes);
    if (body.isPresent()) {
      SeekableByteChannel part = new ChannelPart(bytes, body.get().start(), body.get().length());
      add(inspection.inspect(file.path(), body.get().filename(), part));
    }
  }

  private void add(TargetReport report) {
    List<Finding> findings =
        report.findings().stream().filter(finding -> named || !isOnName(finding)).toList();
    Object project = report.details().get("project");
    String owner = named || project == null ? "" : project + " " + report.details().get("version");
    List<ExecutableLine> executable = new ArrayList<>();
    if (report.details().get("executable-pth") instanceof Iterable<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> map) {
          executable.add(line(map));
        }
      }
    }
    // Those that concern the artifact as a whole have no path yet, and get its own.
    Outcome inside =
        new Outcome(
                findings.stream().map(finding -> located(finding, owner)).toList(),
                report.problems().stream()
                    .map(p -> p.path() == null ? new Problem("", p.message()) : p)
                    .toList(),
                executable,
                List.of(),
                Map.of(ARTIFACT, true))
            .map(path -> path.isEmpty() ? file.path() : file.path() + "!/" + path);
    outcomes.add(inside);
  }

  /** A file of a cache has no name of its own that could tell another project. */
  private static boolean isOnName(Finding finding) {
    return finding.rule().equals(IntegrityRules.METADATA_NAME)
        || finding.rule().equals(IntegrityRules.METADATA_VERSION);
  }

  /** A file of a cache bears a name that nobody knows: whose artifact it is has to be said. */
  private static Finding located(Finding finding, String owner) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.blocking(),
        finding.path() == null ? "" : finding.path(),
        finding.line(),
        owner.isEmpty() ? finding.message() : finding.message() + " (of " + owner + ")",
        finding.evidence());
  }

  private static ExecutableLine line(Map<?, ?> map) {
    return new ExecutableLine(
        String.valueOf(map.get("path")),
        map.get("line") instanceof Integer number ? number : 0,
        String.valueOf(map.get("code")),
        Boolean.TRUE.equals(map.get("known")),
        String.valueOf(map.get("shape")),
        String.valueOf(map.get("versions")));
  }

  @Override
  public void add(Problem problem) {
    problems.add(problem);
  }

  @Override
  public Outcome finish() {
    List<Outcome> all = new ArrayList<>(outcomes);
    all.add(Outcome.of(List.of(), problems));
    return Outcome.merged(all);
  }
}
