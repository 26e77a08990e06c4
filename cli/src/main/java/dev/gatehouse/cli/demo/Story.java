package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.client.TextTable;
import dev.gatehouse.cli.demo.Python.Environment;
import dev.gatehouse.cli.demo.Scratch.Outcome;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.demo.LitellmReleases;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The LiteLLM incident, step by step; each step checks that it comes out as it is told. */
final class Story {
  /** Six minutes after 1.82.8 was uploaded. */
  private static final Instant MORNING = Instant.parse("2026-03-24T10:58:00Z");

  /** When the clean release was uploaded, in this story: long enough ago for the age rule. */
  private static final Instant WEEKS_BEFORE = Instant.parse("2026-03-02T09:00:00Z");

  private static final Instant FIRST_UPLOAD = Instant.parse("2026-03-24T10:39:00Z");
  private static final Instant SECOND_UPLOAD = Instant.parse("2026-03-24T10:52:00Z");

  /** How long a payload that was started has to bear witness. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(20);

  private static final String GOOD = "litellm==1.82.6";
  private static final List<String> BAD = List.of("litellm==1.82.7", "litellm==1.82.8");
  private static final String CLIENT = "build-7";
  private static final Policy VETTED =
      new Policy(Mode.VETTED, List.of(), List.of(), List.of(), VettingRules.DEFAULT);

  private final Screen screen;
  private final Scratch scratch;
  private final @Nullable Python python;
  private final Clock clock =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), MORNING));

  Story(Screen screen, Scratch scratch, Optional<Python> python) {
    this.screen = screen;
    this.scratch = scratch;
    this.python = python.orElse(null);
  }

  /** Tells all of it. */
  void tell() throws IOException, InterruptedException {
    try (FakeIndex upstream = FakeIndex.start()) {
      introduction();
      upstream(upstream);
      withoutGatehouse(upstream.uri());
      Environment team = python == null ? null : python.environment("with");
      for (Layer layer : Layer.values()) {
        alone(layer, upstream.uri(), team);
      }
      together(upstream.uri(), team);
      recall(upstream.uri(), team);
    }
  }

  private void introduction() {
    screen.title("The LiteLLM attack of 24 March 2026, replayed on this machine");
    screen.text(
        "Two releases were uploaded to PyPI past the project's repository, and stole secrets. The"
            + " stand-ins here are harmless: their payload writes one line into the file \"witness\", so"
            + " that one sees whether it ran. Nothing leaves this machine, and nothing is left on it.");
    screen.text(
        python == null
            ? "No Python with pip was found on the PATH: what pip does is left out. Install python3"
                + " and its pip to see all of it."
            : "Installed by " + python + ".");
  }

  private void upstream(FakeIndex upstream) {
    screen.step("What the upstream offers, at 10:58 UTC");
    upstream
        .publish(LitellmReleases.clean(), offer -> offer.uploaded(WEEKS_BEFORE))
        .publish(LitellmReleases.runsAtImport(), offer -> offer.uploaded(FIRST_UPLOAD))
        .publish(LitellmReleases.runsAtStart(), offer -> offer.uploaded(SECOND_UPLOAD));
    screen.text("litellm 1.82.6  of 2 March   clean");
    screen.text("litellm 1.82.7  of 10:39     its payload runs when the proxy is imported");
    screen.text(
        "litellm 1.82.8  of 10:52     the same; and litellm_init.pth, at every start of Python");
  }

  private void withoutGatehouse(URI upstream) throws IOException, InterruptedException {
    if (python == null) {
      return;
    }
    screen.step("A team without Gatehouse: pip asks the upstream itself");
    Environment team = python.environment("without");
    Outcome pip = install(team, upstream, "litellm");
    screen.command("python -c \"print('hello')\"");
    Outcome hello = team.start("print('hello')");
    awaitWitness(team);
    hello.output().lines().forEach(screen::said);
    screen.command("cat witness");
    team.witnessed().lines().distinct().forEach(screen::said);
    screen.check(
        team.litellm().equals(List.of("1.82.8"))
            && team.witnessed().startsWith("litellm_init.pth of litellm 1.82.8 ran, "),
        "pip took the newest, and its payload ran when Python started. Nobody had imported it.",
        pip.output() + hello.output());
  }

  /** The payload starts a Python of its own, as the real one did, which nobody waits for. */
  private static void awaitWitness(Environment team) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!team.witnessed().endsWith("reach") && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
    }
  }

  private void alone(Layer layer, URI upstream, @Nullable Environment team)
      throws IOException, InterruptedException {
    screen.step(layer.heading());
    screen.text(layer.settings());
    try (DemoIndex index = start(layer.name(), upstream, layer.policy(), layer.advisories())) {
      boolean keptOut = true;
      StringBuilder evidence = new StringBuilder();
      for (String bad : BAD) {
        JsonNode file = vet(index, bad);
        keptOut &=
            verdict(file).equals(layer.verdict())
                && file.path("reasons").size() == 1
                && reason(file).path("code").asString("").equals(layer.reason());
        evidence.append(file).append('\n');
      }
      if (team != null) {
        Outcome pip = install(team, index.simple(), BAD.getLast());
        keptOut &=
            !pip.succeeded()
                && pip.output().contains("403")
                && pip.output().contains(layer.told())
                && team.litellm().isEmpty();
        evidence.append(pip.output());
      }
      screen.check(keptOut, "Both are kept out by this alone.", evidence.toString());
    }
  }

  private void together(URI upstream, @Nullable Environment team)
      throws IOException, InterruptedException {
    screen.step("Gatehouse as it comes, that morning");
    screen.text("All that is on by default. No advisory knows of the incident yet.");
    try (DemoIndex index = start("together", upstream, VETTED, Layer.UNKNOWN)) {
      if (team == null) {
        JsonNode file = vet(index, GOOD);
        screen.check(verdict(file).equals("admit"), "The clean one is served.", file.toString());
        return;
      }
      Outcome pip = install(team, index.simple(), "litellm");
      screen.command("python -c \"import litellm.proxy.proxy_server; print('hello')\"");
      Outcome hello = team.start("import litellm.proxy.proxy_server; print('hello')");
      hello.output().lines().forEach(screen::said);
      screen.check(
          team.litellm().equals(List.of("1.82.6"))
              && hello.succeeded()
              && team.witnessed().isEmpty(),
          "pip passed over both, took the clean one, and no payload ran.",
          pip.output() + hello.output() + team.witnessed());
    }
  }

  private void recall(URI upstream, @Nullable Environment team)
      throws IOException, InterruptedException {
    String bad = BAD.getLast();
    screen.step("And if it had got in: a recall");
    screen.text(
        "A team that only watches (mode \"observe\") has let it in. One command takes it back, and"
            + " names who has it.");
    try (DemoIndex index = start("recall", upstream, Policy.observing(), Layer.UNKNOWN)) {
      URI own = index.simple(index.addClient(CLIENT));
      boolean received = true;
      if (python != null) {
        Environment watching = python.environment("watching");
        install(watching, own, "litellm");
        received = watching.litellm().equals(List.of("1.82.8"));
      }
      screen.command("gatehouse recall " + bad + " --reason \"steals secrets\"");
      JsonNode exposure = index.recall(bad, "steals secrets").path("exposure").path("received");
      screen.said("Recalled " + bad + ": refused everywhere from now on.");
      shown(exposure);
      if (team == null) {
        screen.check(exposure.isEmpty(), "Nobody had received it.", exposure.toString());
        return;
      }
      Outcome pip = install(team, own, bad);
      screen.check(
          received
              && exposure.size() == 1
              && exposure.path(0).path("client").asString("").equals(CLIENT)
              && exposure.path(0).path("outcome").asString("").equals("received")
              && !pip.succeeded()
              && team.litellm().equals(List.of("1.82.6")),
          "The client that has it is named, and nobody gets it any more.",
          exposure + "\n" + pip.output());
    }
  }

  private void shown(JsonNode exposure) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CLIENT", "ADDRESS", "OUTCOME", "FIRST", "FILE", "AGENT"));
    for (JsonNode receipt : exposure) {
      rows.add(
          List.of(
              receipt.path("client").asString(""),
              receipt.path("address").asString(""),
              receipt.path("outcome").asString(""),
              receipt.path("first").asString("").replaceAll(".*T([0-9:]{8}).*", "$1"),
              receipt.path("file").asString(""),
              // pip tells of itself in a page of JSON.
              receipt.path("agent").asString("").replaceAll(" .*", "")));
    }
    TextTable.aligned(rows).forEach(screen::said);
  }

  private DemoIndex start(String name, URI upstream, Policy policy, AdvisorySettings advisories) {
    return DemoIndex.start(scratch.place("index-" + name), upstream, policy, advisories, clock);
  }

  /** Shows and does it; what pip said last is what a person reads. */
  private Outcome install(Environment team, URI index, String requirement)
      throws IOException, InterruptedException {
    screen.command("pip install " + requirement);
    Outcome pip = team.install(index, requirement);
    pip.output()
        .lines()
        .filter(line -> line.startsWith(pip.succeeded() ? "Successfully" : "ERROR: "))
        .reduce((_, last) -> last)
        .ifPresent(line -> screen.said(withoutAddresses(line)));
    return pip;
  }

  /** pip names the address of the file up to four times, round the words that matter. */
  private static String withoutAddresses(String line) {
    return line.replaceFirst(" from http.*? because of ", " ... ")
        .replaceFirst(" for url: .*", " ...");
  }

  /** Shows and does it, and gives the version's one file. */
  private JsonNode vet(DemoIndex index, String pinned) {
    screen.command("gatehouse vet " + pinned);
    JsonNode file = index.vet(pinned).path("files").path(0);
    screen.verdict(verdict(file), reason(file).path("text").asString(""));
    return file;
  }

  private static String verdict(JsonNode file) {
    return file.path("verdict").asString("");
  }

  private static JsonNode reason(JsonNode file) {
    return file.path("reasons").path(0);
  }
}
