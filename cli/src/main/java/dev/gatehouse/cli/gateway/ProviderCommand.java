package dev.gatehouse.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse gateway provider}: the providers' keys that the gateway itself stores. */
@Command(
    name = "provider",
    description = "Lists providers, and stores their keys, encrypted, with a running gateway.",
    sortOptions = false)
final class ProviderCommand extends GatewayAsking {
  private static final int MOST_BYTES = 8192;

  private final InputStream in;

  /**
   * @param in where keys are read from; never the command line, which others can see
   */
  ProviderCommand(Map<String, String> environment, InputStream in) {
    super(environment);
    this.in = in;
  }

  /** {@code provider set-key}. */
  @Command(
      name = "set-key",
      description = {
        "Stores a provider's key, read from standard input, in place of the one before.",
        "Its api-key in the configuration is \"stored\", which is also the default."
      },
      sortOptions = false)
  int setKey(
      @Parameters(paramLabel = "NAME", description = "what the configuration calls it")
          String name) {
    String key = read(name);
    return ask(
        administration -> {
          administration.put("providers/" + Answers.segment(name) + "/key", Map.of("key", key));
          err().println("Stored the key of " + name + ", encrypted.");
        });
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it is null with -Djdk.console=java.base, which loads less
  private String read(String name) {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Key of %s (not shown): ", name);
      if (typed == null) {
        throw nothing();
      }
      String key = new String(typed).strip();
      Arrays.fill(typed, ' ');
      return key;
    }
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      String key = new String(bytes, UTF_8).strip();
      if (bytes.length > MOST_BYTES || key.isEmpty()) {
        throw nothing();
      }
      return key;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read the key: standard input: " + e.getMessage() + ".",
          "Try again.");
    }
  }

  private static CommandFailure nothing() {
    return new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not store a key: standard input holds none, or more than a key.",
        "Give it the key alone, as in: gatehouse gateway provider set-key NAME < FILE");
  }

  /** {@code provider delete-key}. */
  @Command(
      name = "delete-key",
      description = "Deletes a provider's stored key.",
      sortOptions = false)
  int deleteKey(
      @Parameters(paramLabel = "NAME", description = "what the configuration calls it")
          String name) {
    return ask(
        administration -> {
          administration.delete("providers/" + Answers.segment(name) + "/key");
          err().println("Deleted the key of " + name + ".");
        });
  }

  /** {@code provider rotate-key-encryption-key}. */
  @Command(
      name = "rotate-key-encryption-key",
      description = {
        "Puts a new key in the place of the one that encrypts the stored keys; these stay.",
        "Where it is interrupted, everything can still be read: run it again.",
        "With Vault's transit engine, make a new version there first: vault write -f"
            + " transit/keys/KEY/rotate"
      },
      sortOptions = false)
  int rotateKeyEncryptionKey() {
    return ask(
        administration -> {
          int count =
              administration
                  .post("key-encryption-key/rotate", Map.of())
                  .path("wrapped-anew")
                  .asInt();
          err().println("Rotated the key-encryption key; stored keys under it: " + count + ".");
        });
  }

  /** {@code provider list}. */
  @Command(description = "Lists the providers, and whose key is stored.", sortOptions = false)
  int list(@Mixin FormatOption format) {
    return ask(
        administration -> {
          JsonNode all = administration.get("providers");
          if (format.isJson()) {
            printJson(all);
          } else {
            Answers.table(all.path("providers"), "name", "key-stored").forEach(out()::println);
          }
        });
  }
}
