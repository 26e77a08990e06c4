package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.lock.ApprovalPlan;
import dev.gatehouse.cli.lock.LockedVersions;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.terminal.Confirmation;
import dev.gatehouse.vetting.policy.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code gatehouse approve}, {@code refuse} and {@code recall}. */
public abstract class DecideCommand extends AnsweringCommand implements Callable<Integer> {
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

  /** Which version it is about. */
  abstract Pinned pinned();

  String reason() {
    return reason;
  }

  @Nullable String until() {
    return until;
  }

  boolean withdraws() {
    return withdraw;
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
      printDecided(answer);
    }
    return ExitCode.DONE.code();
  }

  void printDecided(JsonNode answer) {
    print(answer, decided(answer), ExposureText.csv(answer.path("exposure")));
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
        "With --lock: of all versions that a requirement or lock file settles on, after showing what that would admit.",
        "A refusal by the inspection or by an advisory is only lifted by an [[allow]] entry with the hash."
      },
      sortOptions = false)
  public static final class Approve extends DecideCommand {
    private final Confirmation confirmation;

    @ArgGroup(multiplicity = "1")
    private Meant meant = new Meant();

    @Option(names = "--yes", description = "with --lock: approve without asking")
    private boolean yes;

    /** What is approved. */
    static final class Meant {
      @Parameters(
          paramLabel = "PROJECT==VERSION",
          converter = Pinned.Converter.class,
          description = "exactly which version")
      private @Nullable Pinned pinned;

      @Option(
          names = "--lock",
          paramLabel = "FILE",
          description =
              "all that it settles on: a requirements file, pylock.toml, uv.lock, poetry.lock, pdm.lock,"
                  + " Pipfile.lock; where it has hashes, those files alone")
      private @Nullable Path lock;
    }

    /**
     * @param environment where the server and the token are looked up
     * @param confirmation who is asked before a lock is approved
     */
    public Approve(Map<String, String> environment, Confirmation confirmation) {
      super(environment, Decision.Kind.APPROVE);
      this.confirmation = confirmation;
    }

    @Override
    Pinned pinned() {
      return Objects.requireNonNull(meant.pinned);
    }

    @Override
    public Integer call() {
      return meant.lock == null ? super.call() : approve(meant.lock);
    }

    private int approve(Path lock) {
      refuseCsv();
      if (withdraws()) {
        throw new CommandFailure(
            ExitCode.WRONG_USE,
            "Could not withdraw the approvals of a lock: --withdraw takes one version.",
            "Use: gatehouse approve PROJECT==VERSION --withdraw --reason TEXT");
      }
      LockedVersions locked = LockedVersions.read(lock, environment());
      ApprovalPlan plan = ask(server -> ApprovalPlan.ask(server, locked));
      if (!isJson()) {
        show(plan.lines(lock));
      }
      boolean approves = plan.approvable() > 0 && isConfirmed(plan);
      if (approves) {
        ask(server -> server.post("approvals", plan.approval(reason(), until())));
      }
      print(plan.members(approves), List.of(plan.outcome(approves)));
      return plan.exitCode(approves).code();
    }

    private boolean isConfirmed(ApprovalPlan plan) {
      if (yes) {
        return true;
      }
      return switch (confirmation.ask(plan.question())) {
        case YES -> true;
        case NO -> false;
        case NOBODY ->
            throw new CommandFailure(
                ExitCode.WRONG_USE,
                "Nothing was approved: there is no terminal to ask on.",
                "Look at what it would admit, and then give --yes.");
      };
    }
  }

  /** Keeps a version out. */
  @Command(
      name = "refuse",
      description = "Keeps a version out, in every mode.",
      sortOptions = false)
  public static final class Refuse extends DecideCommand {
    @Mixin private OneVersion version = new OneVersion();

    /**
     * @param environment where the server and the token are looked up
     */
    public Refuse(Map<String, String> environment) {
      super(environment, Decision.Kind.REFUSE);
    }

    @Override
    Pinned pinned() {
      return version.get();
    }
  }

  /** Takes a version back. */
  @Command(
      name = "recall",
      description = {
        "Takes a version back, everywhere and at once, also where it is being downloaded, and tells who received it.",
        "With --revoke-keys: also revokes the gateway's keys of the clients that received it."
      },
      sortOptions = false)
  public static final class Recall extends DecideCommand {
    @Mixin private OneVersion version = new OneVersion();

    @Option(
        names = "--revoke-keys",
        description =
            "revoke the keys that the gateway gave to these clients, with the token in"
                + " GATEHOUSE_REVOKE_TOKEN, else the local administrator's")
    private boolean revokeKeys;

    @Option(
        names = "--gateway",
        paramLabel = "URL",
        description =
            "where that gateway is administered (default: GATEHOUSE_GATEWAY_URL, else that of its data folder)")
    private @Nullable String gateway;

    /**
     * @param environment where the server and the token are looked up
     */
    public Recall(Map<String, String> environment) {
      super(environment, Decision.Kind.RECALL);
    }

    @Override
    Pinned pinned() {
      return version.get();
    }

    @Override
    public Integer call() {
      if (gateway != null && !revokeKeys) {
        throw new CommandFailure(
            ExitCode.WRONG_USE,
            "Could not recall: --gateway says where keys are revoked, and --revoke-keys is missing.",
            "Add --revoke-keys, or leave --gateway out.");
      }
      if (revokeKeys && withdraws()) {
        throw new CommandFailure(
            ExitCode.WRONG_USE,
            "Could not withdraw the recall: --revoke-keys belongs to a recall alone; a revoked key stays so.",
            "Leave --revoke-keys out.");
      }
      return super.call();
    }

    /**
     * In JSON there is one document, so that it comes with the keys; else the recall is told first.
     */
    @Override
    void printDecided(JsonNode answer) {
      if (!revokeKeys) {
        super.printDecided(answer);
        return;
      }
      if (!isJson()) {
        super.printDecided(answer);
      }
      try {
        KeyRevocation revocation =
            KeyRevocation.of(
                answer.path("exposure"),
                "recall of %s: %s".formatted(pinned(), reason()),
                gateway,
                config(),
                environment());
        if (isJson()) {
          super.printDecided(with(answer, revocation));
        } else {
          printAfter(revocation.lines());
        }
      } catch (CommandFailure e) {
        if (isJson()) {
          super.printDecided(answer);
        }
        throw KeyRevocation.failed(e);
      }
    }

    private static JsonNode with(JsonNode answer, KeyRevocation revocation) {
      return answer instanceof ObjectNode members
          ? members.deepCopy().set("revocation", new JsonMapper().valueToTree(revocation.members()))
          : answer;
    }
  }
}
