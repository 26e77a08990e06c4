package dev.gatehouse.cli.publisher;

import dev.gatehouse.comparison.remote.RemoteRepositories;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.provenance.workflow.Digests;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Digests that the user gave, or else what a forge says that a tag or branch stands for now. Images
 * are not looked up: theirs are given, or missing.
 */
final class RemoteDigests implements Digests {
  private final Map<String, String> given;
  private final RemoteRepositories remote;
  private final Function<String, URI> address;
  private final boolean offline;
  private final Consumer<String> notes;
  private final Map<String, Refs> asked = new HashMap<>();

  /** What a repository answered; {@code failure} is empty where it did. */
  private record Refs(Map<String, String> commits, String failure) {}

  /**
   * @param address of the repository {@code owner/name}
   * @param offline whether nobody is asked
   * @param notes told whom is asked
   */
  RemoteDigests(
      Map<String, String> given,
      RemoteRepositories remote,
      Function<String, URI> address,
      boolean offline,
      Consumer<String> notes) {
    this.given = given;
    this.remote = remote;
    this.address = address;
    this.offline = offline;
    this.notes = notes;
  }

  @Override
  public Answer find(String name) {
    String known = given.get(name);
    if (known != null) {
      return new Answer.Found(known);
    }
    int at = name.indexOf('@');
    if (at < 0) {
      return new Answer.Missing("give its digest: --pin %s=sha256:...".formatted(name));
    }
    if (offline) {
      return new Answer.Missing(
          "nobody was asked (--offline); give it with --pin %s=COMMIT".formatted(name));
    }
    String repository = name.substring(0, at);
    String ref = name.substring(at + 1);
    Refs refs = asked.computeIfAbsent(repository, this::ask);
    if (!refs.failure().isEmpty()) {
      return new Answer.Missing(refs.failure());
    }
    // GitHub takes a tag before a branch of the same name.
    String commit = refs.commits().get("refs/tags/" + ref);
    if (commit == null) {
      commit = refs.commits().get("refs/heads/" + ref);
    }
    return commit == null
        ? new Answer.Missing("%s has neither a tag nor a branch of that name".formatted(repository))
        : new Answer.Found(commit);
  }

  private Refs ask(String repository) {
    notes.accept("Asking what the tags of " + repository + " stand for ...");
    try {
      return new Refs(remote.refs(address.apply(repository), true), "");
    } catch (SourceException e) {
      return new Refs(Map.of(), String.valueOf(e.getMessage()).replaceFirst(" Clone it, .*$", ""));
    }
  }
}
