package dev.gatehouse.cli.client;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.outbound.Credentials;
import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a running server through its administration API. Whatever goes wrong becomes a {@link
 * CommandFailure}.
 */
public final class Administration implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(20), MOST_BYTES);

  /**
   * What changes something or has to be vetted may take the server an upstream's answer, a large
   * file and its inspection, and meanwhile it says nothing.
   */
  private static final Duration WORKING = Duration.ofMinutes(15);

  private final ServerLocation server;
  private final Outbound outbound;

  /**
   * @param outbound how to reach the server: proxies and certificates
   */
  Administration(ServerLocation server, OutboundSettings outbound) {
    this.server = server;
    this.outbound = new Outbound(outbound);
  }

  /** Asks for what is below {@code /api/}. */
  public JsonNode get(String path) {
    return send(request("GET", "api/" + path).build());
  }

  /** Sends an object to what is below {@code /api/}. */
  public JsonNode post(String path, Map<String, Object> members) {
    return send(
        request("POST", "api/" + path)
            .body(JSON.writeValueAsBytes(members), "application/json")
            .limits(new Limits(WORKING, WORKING, MOST_BYTES))
            .build());
  }

  /** Puts an object in place of what is below {@code /api/}. */
  public JsonNode put(String path, Map<String, Object> members) {
    return send(
        request("PUT", "api/" + path)
            .body(JSON.writeValueAsBytes(members), "application/json")
            .build());
  }

  /** Asks for what is below {@code /api/} and is a text. */
  public String getText(String path) {
    return exchange(
        request("GET", "api/" + path).build(), body -> new String(body, StandardCharsets.UTF_8));
  }

  /** Removes what is below {@code /api/}. */
  public JsonNode delete(String path) {
    return send(request("DELETE", "api/" + path).build());
  }

  /** What came of a file that was asked for. */
  public sealed interface Fetched {
    /**
     * It is there.
     *
     * @param type its media type
     */
    record Done(String type) implements Fetched {}

    /**
     * The server has it not, or does not give it out.
     *
     * @param status of HTTP
     * @param title in its own words
     */
    record Refused(int status, String title) implements Fetched {}
  }

  /**
   * Fetches what is below the root of the server into a file, as an installer would. Blocks until
   * the server has vetted it.
   *
   * @param path {@code files/…}, {@code simple/…}, {@code api/…}
   * @param accept the media type that is wanted
   * @param file is made, or written anew
   * @param most how many bytes it may have
   * @throws CommandFailure where the token is not enough, or the server cannot be asked
   */
  public Fetched fetch(String path, String accept, Path file, long most) {
    OutboundRequest request =
        request("GET", path)
            .header("Accept", accept)
            .limits(new Limits(null, WORKING, most))
            .build();
    try (OutboundResponse response = outbound.send(request)) {
      if (response.status() == 200) {
        Files.copy(response.body(), file, StandardCopyOption.REPLACE_EXISTING);
        return new Fetched.Done(response.header("Content-Type").orElse(""));
      }
      JsonNode problem = parse(response.body().readNBytes(MOST_BYTES));
      String code = problem == null ? "" : problem.path("code").asString("");
      if (problem == null || code.startsWith("token-") || code.equals("role-needed")) {
        throw refusal(response.status(), problem);
      }
      return new Fetched.Refused(response.status(), problem.path("title").asString(""));
    } catch (OutboundException e) {
      throw unreached(e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not write %s: %s.".formatted(file, Reasons.of(e)),
          "Make room, or choose another folder.");
    }
  }

  private OutboundRequest.Builder request(String method, String path) {
    URI uri = server.address().resolve(path);
    Origin origin = Origin.of(uri);
    return OutboundRequest.to(method, uri)
        .named(origin)
        .credentials(Credentials.bearer(origin, server.token()))
        .header("Accept", "application/json")
        .redirects(false)
        .limits(LIMITS);
  }

  private JsonNode send(OutboundRequest request) {
    return exchange(
        request,
        body -> {
          JsonNode read = parse(body);
          return read == null ? JSON.createObjectNode() : read;
        });
  }

  private <T> T exchange(OutboundRequest request, Function<byte[], T> read) {
    try (OutboundResponse response = outbound.send(request)) {
      byte[] body = response.body().readAllBytes();
      if (response.status() >= 200 && response.status() < 300) {
        return read.apply(body);
      }
      throw refusal(response.status(), parse(body));
    } catch (OutboundException e) {
      throw unreached(e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not ask the server at " + server.address() + ": " + e.getMessage() + ".",
          "Try again.");
    }
  }

  private CommandFailure unreached(OutboundException e) {
    return new CommandFailure(
        ExitCode.INCOMPLETE,
        "Could not ask the server at " + server.address() + ": " + e.problem() + ".",
        "Check that it runs (%s), or name another with --server, %s or --data."
            .formatted(server.kind().start(), server.kind().addressVariable()));
  }

  private static @Nullable JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return null;
    }
  }

  /**
   * The server's own words (RFC 9457), where it said any. What it refuses as wrong is wrong use;
   * else it was not done.
   */
  private CommandFailure refusal(int status, @Nullable JsonNode body) {
    ExitCode code =
        status == 400 || status == 404 || status == 409 ? ExitCode.WRONG_USE : ExitCode.INCOMPLETE;
    if (body == null || !body.path("title").isString()) {
      return new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not ask the server at "
              + server.address()
              + ": it answered with status "
              + status
              + ".",
          "Check that a Gatehouse runs there, or name another with --server, %s or --data."
              .formatted(server.kind().addressVariable()));
    }
    return new CommandFailure(
        code, body.path("title").asString() + ".", body.path("detail").asString(""));
  }

  @Override
  public void close() {
    try {
      outbound.close();
    } catch (IOException e) {
      // Its answer is here already; the process ends with its connections.
    }
  }
}
