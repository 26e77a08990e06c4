package dev.gatehouse.cli.client;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
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
import java.time.Duration;
import java.util.Map;
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
    return send(request("GET", path).build());
  }

  /** Sends an object to what is below {@code /api/}. */
  public JsonNode post(String path, Map<String, Object> members) {
    return send(
        request("POST", path).body(JSON.writeValueAsBytes(members), "application/json").build());
  }

  /** Removes what is below {@code /api/}. */
  public void delete(String path) {
    send(request("DELETE", path).build());
  }

  private OutboundRequest.Builder request(String method, String path) {
    URI uri = server.address().resolve("api/" + path);
    Origin origin = Origin.of(uri);
    return OutboundRequest.to(method, uri)
        .named(origin)
        .credentials(Credentials.bearer(origin, server.token()))
        .header("Accept", "application/json")
        .redirects(false)
        .limits(LIMITS);
  }

  private JsonNode send(OutboundRequest request) {
    try (OutboundResponse response = outbound.send(request)) {
      JsonNode body = parse(response.body().readAllBytes());
      if (response.status() >= 200 && response.status() < 300) {
        return body == null ? JSON.createObjectNode() : body;
      }
      throw refusal(response.status(), body);
    } catch (OutboundException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not ask the server at " + server.address() + ": " + e.problem() + ".",
          "Check that it runs (gatehouse serve), or name another with --server, GATEHOUSE_URL or --data.");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not ask the server at " + server.address() + ": " + e.getMessage() + ".",
          "Try again.");
    }
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
          "Check that a Gatehouse runs there, or name another with --server, GATEHOUSE_URL or --data.");
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
