package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.client.ClientCommand;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.vetting.DecideCommand;
import dev.gatehouse.cli.vetting.VetCommand;
import dev.gatehouse.index.IndexServer;
import dev.gatehouse.index.IndexStartException;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.index.settings.People;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A throw-away index at a free port of loopback, asked by the very commands that a user types. */
final class DemoIndex implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Where developers are told to ask. */
  private static final String CONTACT = "#python-packages";

  private final IndexServer server;
  private final Path data;

  private DemoIndex(IndexServer server, Path data) {
    this.server = server;
    this.data = data;
  }

  /** Starts one over an upstream, with its data in a folder of its own. */
  static DemoIndex start(
      Path data, URI upstream, Policy policy, AdvisorySettings advisories, Clock clock) {
    IndexSettings settings =
        new IndexSettings(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            null,
            null,
            List.of(),
            data,
            AnonymousReading.LOOPBACK,
            new People(CONTACT, null),
            false);
    try {
      IndexServer server =
          IndexServer.start(
              settings,
              policy,
              new VettingSettings(advisories, VettingSettings.KEEP_DOWNLOADS, "demo"),
              List.of(new UpstreamSettings("upstream", upstream, null, List.of(), List.of())),
              OutboundSettings.direct(),
              _ -> policy,
              clock);
      return new DemoIndex(server, data);
    } catch (IndexStartException e) {
      throw new CommandFailure(ExitCode.INCOMPLETE, List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Where clients that need no token are pointed. */
  URI simple() {
    return server.address().resolve("simple/");
  }

  /** Where a client with this token is pointed. */
  URI simple(String token) {
    URI plain = simple();
    return URI.create(
        "http://__token__:%s@%s:%d%s"
            .formatted(token, plain.getHost(), plain.getPort(), plain.getPath()));
  }

  /** {@code gatehouse vet}. */
  JsonNode vet(String pinned) {
    return ask(new VetCommand(Map.of()), pinned);
  }

  /** {@code gatehouse recall}, which tells the exposure. */
  JsonNode recall(String pinned, String reason) {
    return ask(new DecideCommand.Recall(Map.of()), pinned, "--reason", reason);
  }

  /** {@code gatehouse client add}, giving the token. */
  String addClient(String name) {
    return ask(new ClientCommand(Map.of()), "add", name, "--role", "reader")
        .path("token")
        .asString("");
  }

  private JsonNode ask(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(
        (e, failed, _) -> {
          failed.getErr().println(e.getMessage());
          return ExitCode.INCOMPLETE.code();
        });
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString(), "--format", "json"));
    int exitCode = line.execute(all.toArray(String[]::new));
    if (exitCode != ExitCode.DONE.code() && exitCode != ExitCode.FOUND.code()) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not ask the throw-away index (" + String.join(" ", arguments) + "): it said",
          err.toString().strip());
    }
    return JSON.readTree(out.toString());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
