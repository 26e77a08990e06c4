package dev.gatehouse.provenance.workflow;

import dev.gatehouse.provenance.workflow.GitlabPipeline.Job;
import dev.gatehouse.provenance.workflow.GitlabPipeline.Placed;
import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Edits the jobs of GitLab CI that upload with {@code twine}: what they build stays, a job of its
 * own publishes by the identity that GitLab gives it. Others are left, and said to be.
 */
final class GitlabMigration {
  /** The first of which sends attestations by an identity; exact, since they run beside it. */
  private static final String TOOLS = "twine==6.2.0 pypi-attestations==0.0.28";

  private static final Pattern UPLOAD_VARIABLE = Pattern.compile("TWINE_.*");
  private static final List<String> WHEN = List.of("stage", "rules", "only", "except", "when");

  private final GitlabPipeline pipeline;
  private final Pins pins;
  private final MigrationEdits edits;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Map<Job, List<GitlabCheck.Found>> uploads = new LinkedHashMap<>();

  GitlabMigration(GitlabPipeline pipeline, Set<String> trusting, Pins pins, MigrationEdits edits) {
    this.pipeline = pipeline;
    this.pins = pins;
    this.edits = edits;
    for (GitlabCheck.Found found : new GitlabCheck(pipeline, trusting, new Facts()).found()) {
      if (found.upload().index().trusts() && !found.upload().byPassingToken()) {
        uploads.computeIfAbsent(found.job(), _ -> new ArrayList<>()).add(found);
      }
    }
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  void run() {
    uploads.forEach(this::publishing);
    Set<WorkflowFile> files = new LinkedHashSet<>();
    uploads.keySet().forEach(job -> files.add(job.file()));
    files.stream().filter(file -> !file.aliases()).forEach(this::images);
  }

  private void images(WorkflowFile file) {
    List<Yaml> values = new ArrayList<>();
    file.root().get("image").ifPresent(values::add);
    file.root().mapping("default").get("image").ifPresent(values::add);
    for (Job job : pipeline.jobs()) {
      if (job.file().equals(file)) {
        job.body().get("image").ifPresent(values::add);
      }
    }
    for (Yaml value : values) {
      Optional<Yaml.Scalar> name =
          switch (value) {
            case Yaml.Scalar scalar -> Optional.of(scalar);
            case Yaml.Mapping mapping -> mapping.scalar("name");
            case Yaml.Sequence _ -> Optional.empty();
          };
      name.filter(text -> !text.text().contains("@sha256:") && !text.text().contains("$"))
          .ifPresent(
              text ->
                  pins.image(text.text())
                      .ifPresent(
                          pinned ->
                              edits
                                  .of(file)
                                  .replaceIn(text.line(), text.column(), text.text(), pinned)));
    }
  }

  private void publishing(Job job, List<GitlabCheck.Found> found) {
    boolean builds = job.commands().stream().anyMatch(line -> UploadTool.builds(line.command()));
    boolean byToken =
        found.stream().anyMatch(each -> each.upload().byToken())
            || job.entry("id_tokens").isEmpty();
    if (!builds && !byToken) {
      return;
    }
    Optional<String> why = hindrance(job, found);
    if (why.isPresent()) {
      edits.leave(
          "%s:%d the job %s: %s"
              .formatted(
                  job.file().path(), found.getFirst().upload().line(), job.name(), why.get()));
      return;
    }
    found.forEach(each -> secrets.addAll(each.upload().secrets()));
    split(job, found.getFirst(), builds);
  }

  private static Optional<String> hindrance(Job job, List<GitlabCheck.Found> found) {
    GitlabCheck.Found first = found.getFirst();
    if (found.size() > 1 || first.upload().tool() != UploadTool.TWINE) {
      return Optional.of(
          "only one upload with twine is changed; write the publishing job by hand.");
    }
    if (job.file().aliases() || job.body().flow() || job.keys().size() > 1) {
      return Optional.of(
          "it has anchors or braces, or extends another; write it out, and run this again.");
    }
    boolean own =
        item(job, first).isPresent()
            && job.body().get("script").orElseThrow() instanceof Yaml.Sequence;
    return own
        ? Optional.empty()
        : Optional.of("the upload is no line of its own in script; give it one.");
  }

  /** The line of the script that is nothing but the upload. */
  private static Optional<Yaml.Scalar> item(Job job, GitlabCheck.Found found) {
    return job.body().list("script").stream()
        .filter(Yaml.Scalar.class::isInstance)
        .map(Yaml.Scalar.class::cast)
        .filter(text -> text.line() == found.upload().line())
        .filter(text -> ShellCommand.of(text.text()).size() == 1)
        .findFirst();
  }

  private void split(Job job, GitlabCheck.Found found, boolean builds) {
    TextEdits edit = edits.of(job.file());
    Yaml.Scalar item = item(job, found).orElseThrow();
    String inner = " ".repeat(job.body().column());
    boolean test = found.upload().index().kind() == IndexTarget.Kind.TESTPYPI;
    String audience = test ? "testpypi" : "pypi";
    List<String> lines = new ArrayList<>();
    if (builds) {
      edit.delete(item.line(), item.lastLine());
      variables(job, edit);
      withoutCache(job, edit, inner);
      if (job.body().get("artifacts").isEmpty()) {
        edit.insertAfter(
            job.body().lastLine(), List.of(inner + "artifacts:", inner + "  paths: [dist/]"));
      }
      lines.add("");
      lines.add((test ? "publish-to-testpypi" : newName()) + ":");
      for (String key : WHEN) {
        job.body()
            .entry(key)
            .ifPresent(
                entry -> {
                  for (int n = entry.line(); n <= entry.value().lastLine(); n++) {
                    lines.add(edit.line(n));
                  }
                });
      }
      job.entry("image").ifPresent(image -> lines.add(inner + "image: " + imageName(image)));
      lines.add(inner + "needs: [" + job.name() + "]");
      if (pipeline.standard("cache").isPresent()) {
        lines.add(inner + "cache: []");
      }
    } else {
      Yaml.Entry script = job.body().entry("script").orElseThrow();
      edit.delete(script.line(), script.value().lastLine());
      variables(job, edit);
      withoutCache(job, edit, inner);
    }
    if (builds || job.entry("environment").isEmpty()) {
      lines.add(inner + "environment: " + audience);
    }
    lines.add(inner + "id_tokens:");
    lines.add(inner + "  " + (test ? "TESTPYPI" : "PYPI") + "_ID_TOKEN:");
    lines.add(inner + "    aud: " + audience);
    lines.add(inner + "  SIGSTORE_ID_TOKEN:");
    lines.add(inner + "    aud: sigstore");
    lines.add(inner + "script:");
    lines.add(inner + "  - python -m pip install " + TOOLS);
    lines.add(inner + "  - python -m pypi_attestations sign dist/*");
    lines.add(
        inner
            + "  - python -m twine upload --attestations "
            + (test ? "--repository testpypi " : "")
            + "dist/*");
    edit.insertAfter(job.body().lastLine(), lines);
  }

  private String imageName(Placed<Yaml.Entry> image) {
    String name =
        switch (image.value().value()) {
          case Yaml.Scalar scalar -> scalar.text();
          case Yaml.Mapping mapping -> mapping.text("name");
          case Yaml.Sequence _ -> "";
        };
    return name.contains("@") ? name : pins.image(name).orElse(name);
  }

  private String newName() {
    Set<String> names = new LinkedHashSet<>();
    pipeline.jobs().forEach(job -> names.add(job.name()));
    String name = "publish";
    for (int i = 2; names.contains(name); i++) {
      name = "publish-" + i;
    }
    return name;
  }

  private static void variables(Job job, TextEdits edit) {
    job.body()
        .entry("variables")
        .ifPresent(
            entry ->
                BlockEdits.remove(edit, entry, name -> UPLOAD_VARIABLE.matcher(name).matches()));
  }

  private void withoutCache(Job job, TextEdits edit, String inner) {
    Optional<Yaml.Entry> own = job.body().entry("cache");
    if (own.isPresent()) {
      edit.delete(own.get().line(), own.get().value().lastLine());
    } else if (pipeline.standard("cache").isPresent()) {
      edit.insertAfter(job.key().line(), List.of(inner + "cache: []"));
    }
  }
}
