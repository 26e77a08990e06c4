package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.store.audit.AuditChain;
import dev.gatehouse.store.audit.AuditEntry;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse audit-log}: everything that changed what is served, and the proof of it. */
@Command(
    name = "audit-log",
    description = "Shows and proves the log of everything that changed what is served.",
    sortOptions = false)
public final class AuditLogCommand {
  private static final int MOST_LINE = 4000;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  /**
   * @param environment where the server and the token are looked up
   */
  public AuditLogCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** {@code audit-log list}. */
  @Command(description = "Lists all entries, the oldest first.", sortOptions = false)
  int list() {
    read(
        entry ->
            out()
                .println(
                    Printable.of(
                        "%d  %s  %s  %s  %s  %s"
                            .formatted(
                                entry.number(),
                                entry.at(),
                                entry.actor(),
                                entry.action(),
                                entry.subject(),
                                entry.detail()),
                        MOST_LINE)));
    out().flush();
    return ExitCode.DONE.code();
  }

  /** {@code audit-log verify}. The chain is computed here: the server is not believed. */
  @Command(
      description = {
        "Proves that no entry was changed, removed or slipped in, and prints the newest entry's hash.",
        "Note it elsewhere: with --head, a later run proves that everything up to it is still there."
      },
      sortOptions = false)
  int verify(
      @Option(
              names = "--head",
              paramLabel = "SHA256",
              converter = Hash.class,
              description = "a hash that an earlier run printed")
          @Nullable Sha256 head) {
    AuditChain chain = new AuditChain(head);
    read(chain::take);
    chain
        .fault()
        .ifPresent(
            fault -> {
              throw new CommandFailure(
                  ExitCode.FOUND,
                  "The audit log is not whole: " + fault + ".",
                  "Somebody wrote to the database besides Gatehouse: keep it as evidence, and restore a backup beside it to compare.");
            });
    out()
        .printf(
            "%d %s, whole. Head: %s%n",
            chain.count(), chain.count() == 1 ? "entry" : "entries", chain.head());
    out().flush();
    return ExitCode.DONE.code();
  }

  private void read(Consumer<AuditEntry> each) {
    server.ask(
        environment,
        administration -> {
          long after = 0;
          while (true) {
            JsonNode entries = administration.get("audit-log?after=" + after).path("entries");
            if (entries.isEmpty()) {
              return after;
            }
            for (JsonNode entry : entries) {
              each.accept(entry(entry));
            }
            after = entries.path(entries.size() - 1).path("number").asLong(after + 1);
          }
        });
  }

  private static AuditEntry entry(JsonNode entry) {
    return new AuditEntry(
        entry.path("number").asLong(0),
        Instant.parse(entry.path("at").asString("")),
        entry.path("actor").asString(""),
        entry.path("action").asString(""),
        entry.path("subject").asString(""),
        entry.path("detail").asString(""),
        Sha256.parse(entry.path("hash").asString("")));
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** Reads {@code --head}. */
  static final class Hash implements ITypeConverter<Sha256> {
    @Override
    public Sha256 convert(String text) {
      try {
        return Sha256.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("must be 64 hex digits");
      }
    }
  }
}
