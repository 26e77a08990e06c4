package dev.gatehouse.provenance.identity;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a user expects as the publisher: {@code github:OWNER/REPOSITORY} with or without {@code
 * /.github/workflows/FILE}, {@code gitlab:GROUP/PROJECT} with or without {@code //PATH}, {@code
 * google:EMAIL}, {@code github-login:EMAIL}, {@code activestate:ORGANIZATION/PROJECT}.
 *
 * @param name the repository, project or account
 * @param workflow the file; null: any
 */
public record PublisherPattern(Forge forge, String name, @Nullable String workflow) {
  private static final Pattern GITHUB =
      Pattern.compile("([\\w.-]+/[\\w.-]+)(?:/\\.github/workflows/([^/@\\s]+\\.ya?ml))?");
  private static final Pattern GITLAB =
      Pattern.compile("([\\w.-]+(?:/[\\w.-]+)+)(?://([^@\\s]+\\.ya?ml))?");
  private static final Pattern ACCOUNT = Pattern.compile("([^@\\s]+@[^@\\s]+)()?");
  private static final Pattern ACTIVESTATE = Pattern.compile("([\\w.-]+/[\\w.-]+)()?");

  private static final String EXAMPLES =
      "a publisher is written github:OWNER/REPOSITORY, github:OWNER/REPOSITORY/.github/workflows/FILE,"
          + " gitlab:GROUP/PROJECT, gitlab:GROUP/PROJECT//PATH, google:EMAIL, github-login:EMAIL"
          + " or activestate:ORGANIZATION/PROJECT, not ";

  /**
   * Reads it.
   *
   * @throws MalformedException where it is none of these forms
   */
  public static PublisherPattern parse(String text) {
    for (Forge forge : List.of(Forge.values())) {
      String beginning = forge.text() + ":";
      if (text.startsWith(beginning)) {
        Matcher matcher = form(forge).matcher(text.substring(beginning.length()));
        if (matcher.matches()) {
          String workflow = matcher.group(2);
          return new PublisherPattern(
              forge, matcher.group(1), workflow == null || workflow.isEmpty() ? null : workflow);
        }
      }
    }
    throw new MalformedException(EXAMPLES + quoted(text));
  }

  private static Pattern form(Forge forge) {
    return switch (forge) {
      case GITHUB -> GITHUB;
      case GITLAB -> GITLAB;
      case GOOGLE, GITHUB_LOGIN -> ACCOUNT;
      case ACTIVESTATE -> ACTIVESTATE;
    };
  }

  /** The one publisher that it means. */
  Publisher publisher() {
    int slash = name.lastIndexOf('/');
    return switch (forge) {
      case GITHUB -> GitHubPublisher.of(name, file());
      case GITLAB -> new GitLabPublisher(name, file());
      case GOOGLE, GITHUB_LOGIN -> new AccountPublisher(forge, name);
      case ACTIVESTATE ->
          new ActiveStatePublisher(name.substring(0, slash), name.substring(slash + 1));
    };
  }

  private String file() {
    if (workflow == null) {
      throw new MalformedException(quoted(toString()) + " names no workflow");
    }
    return workflow;
  }

  /** Whether it means this publisher. */
  public boolean matches(Publisher publisher) {
    return switch (publisher) {
      case GitHubPublisher(String owner, String repository, String file) ->
          isOf(Forge.GITHUB, file) && name.equalsIgnoreCase(owner + "/" + repository);
      case GitLabPublisher(String project, String file) ->
          isOf(Forge.GITLAB, file) && name.equals(project);
      case AccountPublisher(Forge other, String email) -> forge == other && name.equals(email);
      case ActiveStatePublisher(String organization, String project) ->
          forge == Forge.ACTIVESTATE && name.equals(organization + "/" + project);
    };
  }

  private boolean isOf(Forge other, String file) {
    return forge == other && (workflow == null || workflow.equals(file));
  }

  /** As users write it. */
  @Override
  public String toString() {
    String path =
        workflow == null ? "" : (forge == Forge.GITLAB ? "//" : "/.github/workflows/") + workflow;
    return forge.text() + ":" + name + path;
  }
}
