package dev.gatehouse.cli.client;

import dev.gatehouse.cli.configuration.LoopbackHost;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.outbound.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server is asked, and with what token.
 *
 * @param kind which of the servers it is
 * @param address ends in a slash
 */
record ServerLocation(ServerKind kind, URI address, Secret token) {
  /**
   * Finds the server: the one that is named, else the one of the environment's variable, else the
   * one that runs on the data folder.
   *
   * <p>The local administrator's token is presented to the server of its own data folder, and to
   * another only where the data folder is named too. A left-over variable could otherwise carry it
   * to somebody else's server.
   *
   * @param server {@code --server}
   * @param data the data folder
   * @param dataNamed whether the user named it
   */
  static ServerLocation find(
      ServerKind kind,
      @Nullable String server,
      Path data,
      boolean dataNamed,
      Map<String, String> environment) {
    String named = server == null ? environment.getOrDefault(kind.addressVariable(), "") : server;
    Optional<Secret> token =
        Optional.ofNullable(environment.get(kind.tokenVariable()))
            .filter(text -> !text.isBlank())
            .map(Secret::of);
    if (named.isBlank()) {
      URI address =
          line(data.resolve("address")).map(text -> parse(kind, text)).orElse(kind.usualAddress());
      return new ServerLocation(kind, address, token.orElseGet(() -> localToken(kind, data)));
    }
    if (token.isEmpty() && !dataNamed) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not ask the server at " + named + ": no token.",
          "Set %s to an administrator's token, or name the data folder that has one with --data."
              .formatted(kind.tokenVariable()));
    }
    return new ServerLocation(
        kind, parse(kind, named), token.orElseGet(() -> localToken(kind, data)));
  }

  /** Whether the server is on this machine. */
  boolean isLoopback() {
    return LoopbackHost.matches(address.getHost());
  }

  private static Secret localToken(ServerKind kind, Path data) {
    return line(data.resolve("admin-token"))
        .map(Secret::of)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "Could not find the administrator's token: there is no "
                        + data.resolve("admin-token")
                        + ".",
                    "Start the server first (%s), name its data folder with --data, or set %s and %s."
                        .formatted(kind.start(), kind.addressVariable(), kind.tokenVariable())));
  }

  private static Optional<String> line(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read " + file + ": " + e.getMessage() + ".",
          "Run the command as the user that runs the server, or name another with --server.");
    }
  }

  private static URI parse(ServerKind kind, String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text : text + "/");
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, in the same words.
    }
    throw new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not ask a server: its address is not an http or https address.",
        "Give one such as %s with --server or %s."
            .formatted(kind.usualAddress(), kind.addressVariable()));
  }
}
