package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.vetting.policy.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse approve}, {@code refuse} and {@code recall}. */
public abstract class DecideCommand extends VersionCommand implements Callable<Integer> {
  private final Decision.Kind kind;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why, in a line: whoever asks later reads it")
  private String reason = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "when the decision ends by itself, such as 2026-03-31T00:00:00Z")
  private @Nullable String until;

  @Option(names = "--withdraw", description = "take back what was decided so before")
  private boolean withdraw;

  DecideCommand(Map<String, String> environment, Decision.Kind kind) {
    super(environment);
    this.kind = kind;
  }

  @Override
  public Integer call() {
    if (withdraw || kind != Decision.Kind.RECALL) {
      refuseCsv();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", kind.text());
    members.put("project", pinned().project().normalized());
    members.put("version", pinned().version().toString());
    members.put("reason", reason);
    if (until != null) {
      members.put("until", until);
    }
    JsonNode answer =
        ask(server -> server.post(withdraw ? "decisions/withdraw" : "decisions", members));
    if (withdraw) {
      print(answer, withdrawn(answer));
    } else {
      print(answer, decided(answer), ExposureText.csv(answer.path("exposure")));
    }
    return ExitCode.DONE.code();
  }

  private List<String> withdrawn(JsonNode answer) {
    int count = answer.path("withdrawn").asInt(0);
    return List.of(
        count == 0
            ? "There was nothing of this kind to withdraw about " + pinned() + "."
            : "Withdrew "
                + count
                + (count == 1 ? " decision" : " decisions")
                + " about "
                + pinned()
                + ".");
  }

  private List<String> decided(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    if (kind == Decision.Kind.RECALL) {
      lines.add(
          "Recalled "
              + pinned()
              + ": refused everywhere from now on. What was fetched of it is kept as evidence.");
      lines.add("");
      lines.addAll(ExposureText.lines(answer.path("exposure")));
    } else {
      lines.addAll(WhyText.lines(answer.path("why")));
    }
    return lines;
  }

  /** Releases what is held. */
  @Command(
      name = "approve",
      description = {
        "Releases what is held of a version: the files that it has now, by their hashes.",
        "A refusal by the inspection or by an advisory is only lifted by an [[allow]] entry with the hash."
      },
      sortOptions = false)
  public static final class Approve extends DecideCommand {
    /**
     * @param environment where the server and the token are looked up
     */
    public Approve(Map<String, String> environment) {
      super(environment, Decision.Kind.APPROVE);
    }
  }

  /** Keeps a version out. */
  @Command(
      name = "refuse",
      description = "Keeps a version out, in every mode.",
      sortOptions = false)
  public static final class Refuse extends DecideCommand {
    /**
     * @param environment where the server and the token are looked up
     */
    public Refuse(Map<String, String> environment) {
      super(environment, Decision.Kind.REFUSE);
    }
  }

  /** Takes a version back. */
  @Command(
      name = "recall",
      description = {
        "Takes a version back, everywhere and at once, also where it is being downloaded, and tells who received it."
      },
      sortOptions = false)
  public static final class Recall extends DecideCommand {
    /**
     * @param environment where the server and the token are looked up
     */
    public Recall(Map<String, String> environment) {
      super(environment, Decision.Kind.RECALL);
    }
  }
}
