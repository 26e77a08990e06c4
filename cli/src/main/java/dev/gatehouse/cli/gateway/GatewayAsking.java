package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.outcome.ExitCode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the commands share that ask a running gateway. */
abstract class GatewayAsking {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  GatewayAsking(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Asks, and ends well where that did not fail. */
  final int ask(Consumer<Administration> question) {
    gateway.ask(
        environment,
        administration -> {
          question.accept(administration);
          return true;
        });
    out().flush();
    err().flush();
    return ExitCode.DONE.code();
  }

  /** Asks the index of the same configuration. */
  final JsonNode askIndex(Function<Administration, JsonNode> question) {
    return gateway.askIndex(environment, question);
  }

  final void printJson(JsonNode answer) {
    out().println(JSON.writeValueAsString(answer));
  }

  final PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  final PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
