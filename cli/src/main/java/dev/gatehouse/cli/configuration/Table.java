package dev.gatehouse.cli.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A table of {@code gatehouse.toml}. */
public enum Table {
  INDEX("index", false, false, "The server."),
  OUTBOUND("outbound", false, false, "Connections that the server opens."),
  UPSTREAM(
      "upstream",
      true,
      false,
      "An index that artifacts are taken from. None given: `https://pypi.org/simple/` alone. A project is asked of"
          + " exactly one upstream."),
  RECALL("recall", false, false, "Who is told when a version is recalled."),
  POLICY("policy", false, true, "What is admitted."),
  ADVISORIES(
      "advisories",
      false,
      false,
      "What is publicly known to be malicious or vulnerable, and where that is told."),
  ALLOW(
      "allow",
      true,
      true,
      "What the mode `allowlist` admits. In the mode `vetted` an entry lifts a hold only where it names exact versions"
          + " (`==`) or hashes, and a refusal only where it names the hash."),
  DENY("deny", true, true, "What is refused, in every mode."),
  PROVENANCE(
      "provenance",
      true,
      true,
      "What is asked of the provenance of projects, by `gatehouse verify` and in the mode `vetted`. Every entry that"
          + " applies has to be kept."),
  SIGSTORE(
      "sigstore",
      false,
      false,
      "Whom attestations are believed by, by `gatehouse verify` and the server."),
  GATEWAY("gateway", false, false, "The LLM gateway, `gatehouse gateway serve`."),
  GATEWAY_ALIASES(
      "gateway.aliases",
      false,
      true,
      "Other names of models: `NAME = \"MODEL\"`, a line for each. Any name can stand there."),
  GATEWAY_PROVIDER(
      "gateway.provider",
      true,
      true,
      "Whom the gateway asks. Its key goes to its `base-url` and nowhere else."),
  GATEWAY_MODEL(
      "gateway.model",
      true,
      true,
      "What clients ask for. Several of one name share its calls by their weights. Every model of a provider can also"
          + " be asked as `PROVIDER/MODEL` or `PROVIDER:MODEL`.");

  private final String key;
  private final boolean list;
  private final boolean reloaded;
  private final String meaning;

  Table(String key, boolean list, boolean reloaded, String meaning) {
    this.key = key;
    this.list = list;
    this.reloaded = reloaded;
    this.meaning = meaning;
  }

  /** The table of that name. */
  static Optional<Table> find(String key) {
    return Arrays.stream(values()).filter(table -> table.key.equals(key)).findFirst();
  }

  /** The tables that stand within one, by the last part of their name. */
  static List<Table> within(Table outer) {
    return Arrays.stream(values()).filter(table -> table.key.startsWith(outer.key + ".")).toList();
  }

  /** Whether it stands within another. */
  boolean isInner() {
    return key.indexOf('.') >= 0;
  }

  /** The last part of its name. */
  String lastKey() {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Whether its keys are names that the user chooses. */
  boolean isFree() {
    return this == GATEWAY_ALIASES;
  }

  /** Its name, without brackets. */
  public String key() {
    return key;
  }

  /** Whether there may be several of it, written with two brackets. */
  public boolean isList() {
    return list;
  }

  /** Whether a change takes effect while the server runs. */
  public boolean isReloaded() {
    return reloaded;
  }

  /** What it holds, in Markdown, for the reference page. */
  public String meaning() {
    return meaning;
  }

  /** Its keys, in the order of the reference page. */
  public List<Setting> settings() {
    return Arrays.stream(Setting.values()).filter(setting -> setting.table() == this).toList();
  }

  /** As it is written in the file, brackets included. */
  @Override
  public String toString() {
    return list ? "[[" + key + "]]" : "[" + key + "]";
  }
}
