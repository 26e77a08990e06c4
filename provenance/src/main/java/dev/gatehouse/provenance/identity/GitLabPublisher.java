package dev.gatehouse.provenance.identity;

/**
 * A pipeline of a project on gitlab.com.
 *
 * @param project with its groups: {@code group/subgroup/project}
 * @param workflow the path of the pipeline's file in the repository
 */
public record GitLabPublisher(String project, String workflow) implements Publisher {
  @Override
  public Forge forge() {
    return Forge.GITLAB;
  }

  /** GitLab itself sets the path off by two slashes. */
  @Override
  public String text() {
    return "gitlab:%s//%s".formatted(project, workflow);
  }
}
