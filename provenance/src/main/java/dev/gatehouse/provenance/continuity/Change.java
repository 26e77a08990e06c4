package dev.gatehouse.provenance.continuity;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.provenance.ProvenanceRules;
import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.ActiveStatePublisher;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.Publisher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In what a publisher differs from those that were known. */
final class Change {
  private static final String SELF_HOSTED = "self-hosted";

  private final String version;
  private final KnownPublisher now;
  private final KnownPublisher before;
  private final String since;
  private final List<Finding> findings = new ArrayList<>();

  private Change(String version, KnownPublisher now, KnownPublisher before, String since) {
    this.version = version;
    this.now = now;
    this.before = before;
    this.since = since;
  }

  /**
   * The findings about one publisher of a version.
   *
   * @param known at least one; the one that is most alike counts
   * @param since who they are, for messages: "1.82.6", "the baseline"
   */
  static List<Finding> findings(
      String version, KnownPublisher now, Set<KnownPublisher> known, String since) {
    KnownPublisher nearest =
        known.stream().max(Comparator.comparingInt(each -> likeness(now, each))).orElseThrow();
    Change change = new Change(version, now, nearest, since);
    change.compare();
    return change.findings;
  }

  /** Each part outweighs all that follow it. */
  private static int likeness(KnownPublisher one, KnownPublisher other) {
    int likeness = 0;
    boolean[] parts = {
      one.publisher().forge() == other.publisher().forge(),
      isSame(one.ownerId(), other.ownerId()),
      isSame(one.repositoryId(), other.repositoryId()),
      one.publisher().equals(other.publisher()),
      one.ref() == other.ref(),
      Objects.equals(one.runner(), other.runner()),
      Objects.equals(one.trigger(), other.trigger())
    };
    for (boolean part : parts) {
      likeness = 2 * likeness + (part ? 1 : 0);
    }
    return likeness;
  }

  private static boolean isSame(@Nullable String one, @Nullable String other) {
    return one != null && one.equals(other);
  }

  private void compare() {
    boolean numbered = now.repositoryId() != null && before.repositoryId() != null;
    if (now.publisher().forge() != before.publisher().forge()
        || (!numbered && !now.publisher().equals(before.publisher()))) {
      add(ProvenanceRules.PUBLISHER_CHANGED, now.publisher().text(), before.publisher().text());
      return;
    }
    if (numbered) {
      repository();
    }
    add(ProvenanceRules.REF_CHANGED, now.ref().text(), before.ref().text());
    // A hosted runner of another name is still the forge's.
    if (SELF_HOSTED.equals(now.runner()) != SELF_HOSTED.equals(before.runner())) {
      add(ProvenanceRules.RUNNER_CHANGED, now.runner(), before.runner());
    }
    add(ProvenanceRules.TRIGGER_CHANGED, now.trigger(), before.trigger());
  }

  private void repository() {
    boolean owner = isSame(now.ownerId(), before.ownerId());
    boolean repository = isSame(now.repositoryId(), before.repositoryId());
    String is = repositoryOf(now.publisher());
    String was = repositoryOf(before.publisher());
    if (!owner && !repository) {
      add(ProvenanceRules.PUBLISHER_CHANGED, numbered(is, now), numbered(was, before));
      return;
    }
    if (!owner) {
      add(
          ProvenanceRules.OWNER_CHANGED,
          "%s (account %s)".formatted(is, now.ownerId()),
          "%s (account %s)".formatted(was, before.ownerId()));
    } else if (!repository) {
      add(ProvenanceRules.REPOSITORY_CHANGED, numbered(is, now), numbered(was, before));
    } else if (!is.equalsIgnoreCase(was)) {
      add(ProvenanceRules.RENAMED, is, was);
    }
    add(
        ProvenanceRules.WORKFLOW_CHANGED,
        workflowOf(now.publisher()),
        workflowOf(before.publisher()));
  }

  private static String numbered(String name, KnownPublisher publisher) {
    return "%s (account %s, repository %s)"
        .formatted(name, publisher.ownerId(), publisher.repositoryId());
  }

  private static String repositoryOf(Publisher publisher) {
    return switch (publisher) {
      case GitHubPublisher(String owner, String repository, _) -> owner + "/" + repository;
      case GitLabPublisher(String project, _) -> project;
      case AccountPublisher(_, String email) -> email;
      case ActiveStatePublisher(String organization, String project) ->
          organization + "/" + project;
    };
  }

  private static String workflowOf(Publisher publisher) {
    return switch (publisher) {
      case GitHubPublisher(_, _, String workflow) -> workflow;
      case GitLabPublisher(_, String workflow) -> workflow;
      case AccountPublisher _, ActiveStatePublisher _ -> "";
    };
  }

  private void add(Rule rule, @Nullable String is, @Nullable String was) {
    if (!Objects.equals(is, was)) {
      findings.add(rule.in(version, "Is %s, was %s in %s".formatted(word(is), word(was), since)));
    }
  }

  private static String word(@Nullable String text) {
    return text == null ? "nothing" : text;
  }
}
