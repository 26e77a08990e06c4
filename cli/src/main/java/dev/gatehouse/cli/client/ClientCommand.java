package dev.gatehouse.cli.client;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.index.client.Role;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse client}: who may use the index, as the running server knows it. */
@Command(
    name = "client",
    description = {
      "Adds, lists and removes clients of a running server: tokens and roles.",
      "The server is the one that --server or GATEHOUSE_URL names, with the token in GATEHOUSE_TOKEN; else",
      "the one that runs on the local data folder, with its administrator's token."
    },
    sortOptions = false)
public final class ClientCommand {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  @Option(
      names = "--format",
      scope = ScopeType.INHERIT,
      paramLabel = "text|json",
      defaultValue = "text",
      description = "what the answer is written in (default: text)")
  private Format format = Format.text;

  /** What an answer is written in. Named as it is typed. */
  enum Format {
    text,
    json
  }

  /**
   * @param environment where the server and the token are looked up
   */
  public ClientCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * {@code client add}. The token alone goes to standard output, so that a script can take it from
   * there.
   */
  @Command(description = "Adds a client and prints its token, this once.", sortOptions = false)
  int add(
      @Parameters(paramLabel = "NAME", description = "what the client is called") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              converter = RoleWord.class,
              description = "reader, publisher, approver or admin; may be given several times")
          List<Role> roles) {
    return ask(
        administration -> {
          JsonNode client =
              administration.post(
                  "clients",
                  Map.of("name", name, "roles", roles.stream().map(Role::text).toList()));
          if (format == Format.json) {
            out().println(client);
            return;
          }
          err()
              .println(
                  "Added the client "
                      + name
                      + " ("
                      + words(client.path("roles"))
                      + "). Its token, which is not shown again:");
          out().println(client.path("token").asString());
        });
  }

  /** {@code client list}. */
  @Command(description = "Lists the clients.", sortOptions = false)
  int list() {
    return ask(
        administration -> {
          JsonNode answer = administration.get("clients");
          if (format == Format.json) {
            out().println(answer);
            return;
          }
          List<List<String>> rows = new ArrayList<>();
          rows.add(List.of("NAME", "ROLES", "CREATED"));
          for (JsonNode client : answer.path("clients")) {
            rows.add(
                List.of(
                    client.path("name").asString(""),
                    words(client.path("roles")),
                    client.path("created").asString("")));
          }
          TextTable.aligned(rows).forEach(out()::println);
        });
  }

  /** {@code client remove}. */
  @Command(
      description = "Removes a client: its token is refused from then on.",
      sortOptions = false)
  int remove(
      @Parameters(paramLabel = "NAME", description = "what the client is called") String name) {
    return ask(
        administration -> {
          administration.delete(
              "clients/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
          err().println("Removed the client " + name + "; its token is refused from now on.");
        });
  }

  private int ask(Consumer<Administration> question) {
    server.ask(
        environment,
        administration -> {
          question.accept(administration);
          return true;
        });
    out().flush();
    err().flush();
    return ExitCode.DONE.code();
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  private static String words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(word -> word.asString(""))
        .collect(Collectors.joining(", "));
  }

  /** Reads {@code --role}. */
  static final class RoleWord implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return Role.find(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "must be reader, publisher, approver or admin, not " + quoted(text)));
    }
  }
}
