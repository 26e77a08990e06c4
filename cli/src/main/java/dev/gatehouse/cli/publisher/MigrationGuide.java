package dev.gatehouse.cli.publisher;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.provenance.workflow.Migration;
import dev.gatehouse.provenance.workflow.PublishedBy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person does after the patch: lines that begin with {@code #}, which {@code git apply} and
 * {@code patch} pass over.
 */
final class MigrationGuide {
  private final Migration migration;
  private final Optional<ForgeRepository> origin;
  private final boolean written;
  private final @Nullable Path patch;
  private final List<String> lines = new ArrayList<>();

  MigrationGuide(
      Migration migration,
      Optional<ForgeRepository> origin,
      boolean written,
      @Nullable Path patch) {
    this.migration = migration;
    this.origin = origin;
    this.written = written;
    this.patch = patch;
  }

  List<String> lines() {
    changed();
    list("Not pinned, since no digest is known:", migration.unpinned());
    list("Left to you, since it could not be edited safely:", migration.left());
    list("Not read:", migration.after().problems().stream().map(MigrationGuide::problem).toList());
    list(
        "Still there afterwards (gatehouse publisher check tells more):",
        migration.after().findings().stream().map(MigrationGuide::finding).toList());
    if (!migration.publishers().isEmpty()) {
      forms();
      continuity();
    }
    return lines;
  }

  private void changed() {
    if (migration.patch().isEmpty()) {
      say("Nothing to change.");
      return;
    }
    String files =
        migration.changed().size() == 1 ? "1 file" : migration.changed().size() + " files";
    if (written) {
      say("Changed: " + String.join(", ", migration.changed().keySet()));
    } else if (patch != null) {
      say("Wrote a patch of %s to %s; apply it with: git apply %s".formatted(files, patch, patch));
    } else {
      say("A patch of %s. Apply it with: gatehouse publisher migrate --write".formatted(files));
    }
  }

  private void say(String line) {
    lines.add(line.isEmpty() ? "#" : "# " + Printable.of(line, 600));
  }

  private void list(String heading, List<String> entries) {
    if (!entries.isEmpty()) {
      say("");
      say(heading);
      entries.forEach(entry -> say("  " + entry));
    }
  }

  private static String finding(Finding finding) {
    return "%s:%d %s %s"
        .formatted(
            finding.path(), finding.line(), finding.severity().text(), finding.rule().name());
  }

  private static String problem(Problem problem) {
    return problem.path() == null ? problem.message() : problem.path() + ": " + problem.message();
  }

  private void forms() {
    int number = 1;
    say("");
    say("Then, in this order:");
    for (PublishedBy publisher : migration.publishers()) {
      say("");
      say(number++ + ". " + where(publisher));
      boolean gitlab = publisher.forge().equals("GitLab");
      form(
          gitlab ? "Namespace" : "Owner",
          origin
              .map(ForgeRepository::owner)
              .orElse("(not known: name it with --repository OWNER/NAME)"));
      form(
          gitlab ? "Project name" : "Repository name",
          origin.map(ForgeRepository::name).orElse("(not known)"));
      form(gitlab ? "Top-level pipeline file path" : "Workflow name", publisher.workflow());
      form(
          "Environment name",
          publisher.environment().isEmpty() ? "(leave it empty)" : publisher.environment());
    }
    environments(number++);
    say("");
    say(number++ + ". Merge the change, and make a release.");
    if (!migration.secrets().isEmpty()) {
      say("");
      say(
          number
              + ". When that release has worked, and not before, revoke the tokens behind these secrets");
      say("   at the index, and delete the secrets: " + String.join(", ", migration.secrets()));
    }
  }

  private static String where(PublishedBy publisher) {
    String form = "add a publisher (" + publisher.forge() + ") with these values:";
    return switch (publisher.index()) {
      case "PyPI" -> "https://pypi.org/manage/project/PROJECT/settings/publishing/: " + form;
      case "TestPyPI" ->
          "https://test.pypi.org/manage/project/PROJECT/settings/publishing/: " + form;
      default -> publisher.index() + ": " + form;
    };
  }

  private void form(String field, String value) {
    say("   %-30s%s".formatted(field, value));
  }

  private void environments(int number) {
    List<String> names =
        migration.publishers().stream()
            .map(PublishedBy::environment)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return;
    }
    say("");
    say(
        "%d. In the repository's settings protect the environment %s: let people approve its runs, and bind it to tags."
            .formatted(number, String.join(", ", names)));
  }

  private void continuity() {
    say("");
    say(
        "What every later release should show (keep it with the project; gatehouse verify --history PROJECT):");
    for (PublishedBy publisher : migration.publishers()) {
      boolean gitlab = publisher.forge().equals("GitLab");
      String repository =
          origin.map(found -> found.owner() + "/" + found.name()).orElse("OWNER/NAME");
      say(
          "   index %s, issuer %s, repository %s, workflow %s, environment %s, runner of the forge, a tag as ref"
              .formatted(
                  publisher.index(),
                  gitlab ? "https://gitlab.com" : "https://token.actions.githubusercontent.com",
                  repository,
                  gitlab ? publisher.workflow() : ".github/workflows/" + publisher.workflow(),
                  publisher.environment().isEmpty() ? "none" : publisher.environment()));
    }
    say(
        "   and the ids of owner and repository that the first attestation states, which no rename changes.");
  }
}
