package dev.gatehouse.provenance.identity;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of a repository on GitHub. Owners and repositories are the same in any case, as GitHub
 * has it; files are not.
 *
 * @param workflow the file's name in {@code .github/workflows}
 */
public record GitHubPublisher(String owner, String repository, String workflow)
    implements Publisher {
  /** The folder of workflows. */
  public static final String WORKFLOWS = ".github/workflows/";

  /** Of {@code OWNER/REPOSITORY}, as indexes write it. */
  public static GitHubPublisher of(String ownerAndRepository, String workflow) {
    int slash = ownerAndRepository.indexOf('/');
    return new GitHubPublisher(
        ownerAndRepository.substring(0, Math.max(0, slash)),
        ownerAndRepository.substring(slash + 1),
        workflow);
  }

  @Override
  public Forge forge() {
    return Forge.GITHUB;
  }

  @Override
  public String text() {
    return "github:%s/%s/%s%s".formatted(owner, repository, WORKFLOWS, workflow);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GitHubPublisher publisher
        && owner.equalsIgnoreCase(publisher.owner)
        && repository.equalsIgnoreCase(publisher.repository)
        && workflow.equals(publisher.workflow);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        owner.toLowerCase(Locale.ROOT), repository.toLowerCase(Locale.ROOT), workflow);
  }
}
