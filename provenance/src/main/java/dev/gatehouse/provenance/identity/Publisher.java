package dev.gatehouse.provenance.identity;

/** Who published: what an index binds a project to. Equal ones are the same publisher. */
public sealed interface Publisher
    permits GitHubPublisher, GitLabPublisher, AccountPublisher, ActiveStatePublisher {
  /** Where it is at home. */
  Forge forge();

  /**
   * Reads what {@link #text} gives.
   *
   * @throws dev.gatehouse.packaging.MalformedException where it is none, or leaves the workflow
   *     open
   */
  static Publisher parse(String text) {
    return PublisherPattern.parse(text).publisher();
  }

  /** As users write it: {@code github:OWNER/REPOSITORY/.github/workflows/FILE}. */
  String text();
}
