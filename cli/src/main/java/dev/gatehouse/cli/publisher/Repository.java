package dev.gatehouse.cli.publisher;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.provenance.workflow.WorkflowFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A repository that the user named, and its workflows. */
record Repository(Path folder, String shown, WorkflowFiles files) {
  static Repository read(Path named) {
    String shown = named.toString().isEmpty() ? "." : named.toString();
    if (!Files.isDirectory(named)) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read %s: %s."
              .formatted(
                  Printable.of(shown, 300),
                  Files.exists(named) ? "it is no folder" : "there is no such folder"),
          "Name the folder of a repository.");
    }
    try {
      return new Repository(named, shown, WorkflowFiles.read(named));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read the workflows of %s: %s."
              .formatted(Printable.of(shown, 300), Reasons.of(e)),
          "Name the folder of a repository.");
    }
  }

  /** Checks addresses that the user gave. */
  static List<String> addresses(List<String> given) {
    for (String address : given) {
      if (!isAddress(address)) {
        throw new CommandFailure(
            ExitCode.WRONG_USE,
            "Could not use --trusted-index %s: it is no address."
                .formatted(Printable.of(address, 200)),
            "Give one such as https://packages.example.com/legacy/.");
      }
    }
    return given;
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && uri.getScheme() != null && uri.getScheme().startsWith("http");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
