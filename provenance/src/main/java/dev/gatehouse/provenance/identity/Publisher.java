package dev.gatehouse.provenance.identity;

/** Who published: what an index binds a project to. Equal ones are the same publisher. */
public sealed interface Publisher
    permits GitHubPublisher, GitLabPublisher, AccountPublisher, ActiveStatePublisher {
  /** Where it is at home. */
  Forge forge();

  /** As users write it: {@code github:OWNER/REPOSITORY/.github/workflows/FILE}. */
  String text();
}
