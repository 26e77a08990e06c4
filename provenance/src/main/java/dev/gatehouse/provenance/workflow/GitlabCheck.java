package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import dev.gatehouse.provenance.workflow.GitlabPipeline.Job;
import dev.gatehouse.provenance.workflow.GitlabPipeline.Line;
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

/** The rules for a pipeline of GitLab CI. */
final class GitlabCheck {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?");

  /** Labels of the runners that GitLab itself runs; of others nothing is known. */
  private static final Pattern FORGES_RUNNER = Pattern.compile("saas-.*|gitlab-org.*");

  private final GitlabPipeline pipeline;
  private final CommandUploads finder;
  private final Facts facts;
  private final Map<Job, List<Found>> uploads = new LinkedHashMap<>();

  GitlabCheck(GitlabPipeline pipeline, Set<String> trusting, Facts facts) {
    this.pipeline = pipeline;
    this.finder = new CommandUploads(trusting);
    this.facts = facts;
    for (Job job : pipeline.jobs()) {
      List<Found> found = find(job);
      if (!found.isEmpty()) {
        uploads.put(job, found);
      }
    }
  }

  /** An upload, and the command that makes it. */
  record Found(Job job, Line line, Upload upload) {}

  List<Found> found() {
    return uploads.values().stream().flatMap(List::stream).toList();
  }

  List<Upload> uploads() {
    return found().stream().map(Found::upload).toList();
  }

  private List<Found> find(Job job) {
    List<Found> found = new ArrayList<>();
    List<Line> lines = job.commands();
    Variables variables = variables(job);
    lines.forEach(
        line -> variables.after(List.of(line.command()), line.file().path(), line.line()));
    for (Line line : lines) {
      finder
          .of(line.command(), variables, line.file().path(), line.line())
          .ifPresent(upload -> found.add(new Found(job, line, settled(upload, variables, job))));
    }
    return found;
  }

  private Variables variables(Job job) {
    Variables variables = new Variables();
    for (Placed<Yaml.Mapping> keys : job.keys()) {
      variables.with(keys.value().mapping("variables"), keys.file().path(), false);
    }
    for (WorkflowFile file : pipeline.files()) {
      variables.with(file.root().mapping("variables"), file.path(), true);
    }
    return variables;
  }

  /** What no file sets stands in the settings of the project. */
  private static Upload settled(Upload upload, Variables variables, Job job) {
    List<Credential> credentials = new ArrayList<>();
    for (Credential credential : upload.credentials()) {
      String value = variables.find(credential.name()).map(v -> v.value().text()).orElse("");
      String word = value.isEmpty() ? optionValue(upload, job) : value;
      var named = VARIABLE.matcher(word);
      boolean inSettings =
          credential.kind() == Credential.Kind.MADE
              && named.matches()
              && variables.find(named.group(1)).isEmpty();
      credentials.add(inSettings ? credential.inSettings(named.group(1)) : credential);
    }
    return new Upload(
        upload.path(), upload.line(), upload.tool(), upload.index(), credentials, upload.attests());
  }

  private static String optionValue(Upload upload, Job job) {
    return job.commands().stream()
        .filter(line -> line.line() == upload.line())
        .flatMap(line -> line.command().words().stream())
        .filter(word -> VARIABLE.matcher(word).matches())
        .findFirst()
        .orElse("");
  }

  void run() {
    found().forEach(this::upload);
    List<Job> publishing = List.copyOf(uploads.keySet());
    publishing.forEach(this::publishingJob);
    Set<Job> release = new LinkedHashSet<>(pipeline.withNeeded(publishing));
    if (!publishing.isEmpty()) {
      pipeline.jobs().stream().filter(GitlabCheck::builds).forEach(release::add);
      includes();
      sharedIdentity();
    }
    release.forEach(this::releaseJob);
    pipeline.files().forEach(facts::addTokensOf);
  }

  private static boolean builds(Job job) {
    return job.commands().stream().anyMatch(line -> UploadTool.builds(line.command()));
  }

  private void upload(Found found) {
    Upload upload = found.upload();
    IndexTarget index = upload.index();
    if (upload.byToken()) {
      byToken(found);
    } else if (upload.byPassingToken()) {
      return;
    } else if (index.trusts()) {
      byIdentity(found);
    }
  }

  private void byToken(Found found) {
    Upload upload = found.upload();
    Credential first =
        upload.credentials().stream().filter(Credential::lasts).findFirst().orElseThrow();
    boolean literal = first.kind() == Credential.Kind.LITERAL;
    if (literal) {
      facts.addHidden(
          PublisherRules.HARDCODED_TOKEN,
          Severity.CRITICAL,
          first.path(),
          first.line(),
          "The password of the upload stands here, in %s: whoever can read the repository can publish."
              .formatted(first.name()));
    }
    if (upload.index().kind() == IndexTarget.Kind.PRIVATE) {
      return;
    }
    Severity severity = upload.index().trusts() ? Severity.HIGH : Severity.LOW;
    String message =
        "%s uploads to %s with %s, which works from anywhere and until someone revokes it."
            .formatted(upload.tool().shown(), upload.index().shown(), first.shown());
    if (literal) {
      facts.addHidden(PublisherRules.TOKEN_UPLOAD, severity, upload.path(), upload.line(), message);
    } else {
      facts.add(PublisherRules.TOKEN_UPLOAD, severity, found.line().file(), upload.line(), message);
    }
    for (WorkflowFile file : pipeline.files()) {
      file.root()
          .mapping("variables")
          .entry(first.name())
          .filter(entry -> entry.value().line() == first.line())
          .ifPresent(
              entry ->
                  facts.add(
                      PublisherRules.WIDE_SECRET,
                      file,
                      entry.line(),
                      "%s stands in the environment of every job of the pipeline."
                          .formatted(first.name())));
    }
  }

  private void byIdentity(Found found) {
    Upload upload = found.upload();
    Job job = found.job();
    String audience = upload.index().kind() == IndexTarget.Kind.TESTPYPI ? "testpypi" : "pypi";
    String name = audience.toUpperCase(java.util.Locale.ROOT) + "_ID_TOKEN";
    Optional<Placed<Yaml.Entry>> tokens =
        job.entry("id_tokens").or(() -> pipeline.standard("id_tokens"));
    if (tokens.isEmpty() || !upload.tool().exchangesIdentity()) {
      facts.add(
          PublisherRules.TOKEN_UPLOAD,
          found.line().file(),
          upload.line(),
          "%s uploads to %s with what the project's settings hold, which works until someone revokes it: the job has no identity to publish by (id_tokens)."
              .formatted(upload.tool().shown(), upload.index().shown()));
      return;
    }
    Optional<Yaml.Entry> token =
        tokens.get().value().value() instanceof Yaml.Mapping mapping
            ? mapping.entry(name)
            : Optional.empty();
    boolean right =
        upload.index().kind() == IndexTarget.Kind.TRUSTING
            || token
                .filter(
                    entry ->
                        entry.value() instanceof Yaml.Mapping of
                            && of.list("aud").stream()
                                .flatMap(Yaml::scalars)
                                .anyMatch(aud -> aud.text().equals(audience)))
                .isPresent();
    if (!right) {
      facts.add(
          PublisherRules.NO_ID_TOKEN,
          tokens.get().file(),
          token.map(Yaml.Entry::line).orElse(tokens.get().value().line()),
          "%s takes an identity from %s with the audience %s alone, and the job %s has none: the upload fails."
              .formatted(upload.index().shown(), name, audience, job.name()));
    }
    boolean attests =
        upload.attests().orElse(false)
            || job.commands().stream()
                .anyMatch(
                    line -> line.command().program().replace('-', '_').equals("pypi_attestations"));
    if (upload.index().takesAttestations() && !attests) {
      facts.add(
          PublisherRules.NO_ATTESTATIONS,
          found.line().file(),
          upload.line(),
          "%s signs nothing by itself here: the release has no attestations, and nobody can prove that these files came from here."
              .formatted(upload.tool().shown()));
    }
  }

  private void publishingJob(Job job) {
    int line = job.key().line();
    if (builds(job)) {
      facts.add(
          PublisherRules.BUILD_AND_PUBLISH,
          job.file(),
          line,
          "The job %s builds and publishes: every build dependency, and the project's own build code, runs beside its credentials."
              .formatted(job.name()));
    }
    if (job.entry("environment").isEmpty()) {
      facts.add(
          PublisherRules.NO_ENVIRONMENT,
          job.file(),
          line,
          "The job %s publishes without an environment: nobody has to approve it, and its variables are those of every job."
              .formatted(job.name()));
    }
    for (Line each : job.commands()) {
      ToolInstall.unpinned(each.command())
          .ifPresent(
              tool ->
                  facts.add(
                      PublisherRules.UNPINNED_TOOL,
                      each.file(),
                      each.line(),
                      "The job %s installs %s in whatever version is newest, and runs it beside the credentials of the upload."
                          .formatted(job.name(), tool)));
    }
  }

  private void releaseJob(Job job) {
    Optional<Placed<Yaml.Entry>> image = job.entry("image").or(() -> pipeline.standard("image"));
    image.ifPresent(found -> image(job, found.file(), found.value().line(), found.value().value()));
    job.entry("services")
        .or(() -> pipeline.standard("services"))
        .ifPresent(
            found -> {
              if (found.value().value() instanceof Yaml.Sequence services) {
                services
                    .items()
                    .forEach(service -> image(job, found.file(), service.line(), service));
              }
            });
    job.entry("cache")
        .or(() -> pipeline.standard("cache"))
        .filter(found -> hasCache(found.value().value()))
        .ifPresent(
            found ->
                facts.add(
                    PublisherRules.CACHE,
                    found.file(),
                    found.value().line(),
                    "The job %s takes files from a cache, which other pipelines of this project filled: what they left becomes part of the release."
                        .formatted(job.name())));
    job.entry("tags")
        .or(() -> pipeline.standard("tags"))
        .filter(
            found ->
                found
                    .value()
                    .value()
                    .scalars()
                    .anyMatch(tag -> !FORGES_RUNNER.matcher(tag.text()).matches()))
        .ifPresent(
            found ->
                facts.add(
                    PublisherRules.SELF_HOSTED,
                    found.file(),
                    found.value().line(),
                    "The job %s asks for a runner that is none of gitlab.com's: what ran there before can still be there."
                        .formatted(job.name())));
  }

  private static boolean hasCache(Yaml value) {
    return switch (value) {
      case Yaml.Mapping mapping ->
          !mapping.entries().isEmpty() && !mapping.text("policy").equals("push");
      case Yaml.Sequence sequence -> !sequence.items().isEmpty();
      case Yaml.Scalar _ -> false;
    };
  }

  private void image(Job job, WorkflowFile file, int line, Yaml value) {
    String name =
        switch (value) {
          case Yaml.Scalar scalar -> scalar.text();
          case Yaml.Mapping mapping -> mapping.text("name");
          case Yaml.Sequence _ -> "";
        };
    if (!name.isEmpty() && !name.contains("@sha256:") && !name.contains("$")) {
      facts.add(
          PublisherRules.UNPINNED_IMAGE,
          file,
          line,
          "The job %s runs in or beside the image %s, which can be replaced under its name."
              .formatted(job.name(), name));
    }
  }

  private void includes() {
    for (WorkflowFile file : pipeline.files()) {
      for (Yaml include : file.root().list("include")) {
        String what =
            switch (include) {
              case Yaml.Scalar scalar -> scalar.text().contains("://") ? scalar.text() : "";
              case Yaml.Mapping mapping -> unpinned(mapping);
              case Yaml.Sequence _ -> "";
            };
        if (!what.isEmpty()) {
          facts.add(
              PublisherRules.UNPINNED_ACTION,
              file,
              include.line(),
              "The pipeline includes %s, which others can change; its jobs are those of the release."
                  .formatted(what));
        }
      }
    }
  }

  private static String unpinned(Yaml.Mapping include) {
    if (include.get("remote").isPresent()) {
      return include.get("integrity").isPresent() ? "" : include.text("remote");
    }
    if (include.get("project").isPresent()) {
      return COMMIT.matcher(include.text("ref")).matches() ? "" : include.text("project");
    }
    String component = include.text("component");
    String version = component.substring(component.indexOf('@') + 1);
    return component.isEmpty() || COMMIT.matcher(version).matches() ? "" : component;
  }

  private void sharedIdentity() {
    pipeline
        .standard("id_tokens")
        .ifPresent(
            found ->
                facts.add(
                    PublisherRules.WIDE_PERMISSIONS,
                    Severity.HIGH,
                    found.file(),
                    found.value().line(),
                    "Every job of the pipeline has the identity that the index trusts, those that only build or test as well."));
  }
}
