package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.inspection.code.Facts.Place;
import dev.gatehouse.inspection.code.Facts.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A strong rule: a combination of facts that none of 966 benign wheels had.
 *
 * @param sentence what the code does, without when; its first word is a verb
 * @param shown the facts whose place is shown, the most telling first
 */
record Pattern(Rule rule, String sentence, Predicate<View> test, List<Fact> shown) {
  /** Named in one file, together with a way out, these are no coincidence any more. */
  private static final int SEVERAL_STORES = 3;

  static final List<Pattern> ALL =
      List.of(
          pattern(
              CodeRules.EXEC_DECODED,
              "Decodes hidden text and executes it",
              view -> view.has(Fact.EXECUTES_DECODED),
              Fact.EXECUTES_DECODED),
          pattern(
              CodeRules.SPAWN_DECODED,
              "Decodes hidden text and starts it as a program",
              view -> view.has(Fact.SPAWNS_DECODED),
              Fact.SPAWNS_DECODED),
          pattern(
              CodeRules.HIDDEN_CALL,
              "Puts the name of a dangerous function together, so that nobody finds it",
              view -> view.has(Fact.HIDES_NAME),
              Fact.HIDES_NAME),
          pattern(
              CodeRules.CREDENTIAL_THEFT,
              "Reads credentials and sends them away",
              Pattern::stealsCredentials,
              Fact.SENDS_SECRET,
              Fact.SENDS,
              Fact.UPLOADS,
              Fact.CONNECTS,
              Fact.SPAWNS),
          pattern(
              CodeRules.ENVIRONMENT_THEFT,
              "Sends the whole environment away, with every secret in it",
              view ->
                  view.has(Fact.SENDS_ENVIRONMENT)
                      || (view.has(Fact.READS_ENVIRONMENT)
                          && view.isAutomatic()
                          && !view.stores().isEmpty()
                          && view.hasAny(Fact.SENDS, Fact.UPLOADS)),
              Fact.SENDS_ENVIRONMENT,
              Fact.READS_ENVIRONMENT),
          pattern(
              CodeRules.DROPPER,
              "Fetches a program and runs it",
              Pattern::drops,
              Fact.EXECUTES_FETCHED,
              Fact.SPAWNS_FETCHED,
              Fact.PIPES_FETCHED,
              Fact.FETCHES,
              Fact.COMMAND_FETCHES),
          pattern(
              CodeRules.PERSISTENCE,
              "Makes itself start again, so that uninstalling does not end it",
              view ->
                  (view.has(Fact.HOLDS_UNIT)
                          && view.hasAny(Fact.WRITES, Fact.SPAWNS, Fact.PERSISTS))
                      || (view.has(Fact.PERSISTS)
                          && (view.has(Fact.NAMES_PERSISTENCE) || view.isAutomatic())
                          && view.hasAny(Fact.WRITES, Fact.SPAWNS)),
              Fact.PERSISTS,
              Fact.HOLDS_UNIT),
          pattern(
              CodeRules.PRIVILEGED_POD,
              "Starts a privileged container that mounts the host's files",
              view -> view.hasAll(Fact.PRIVILEGED, Fact.MOUNTS_HOST),
              Fact.PRIVILEGED),
          pattern(
              CodeRules.ENCRYPTED_UPLOAD,
              "Encrypts files with a command and sends them away",
              view ->
                  view.has(Fact.ENCRYPTS) && view.hasAny(Fact.UPLOADS, Fact.SENDS, Fact.CONNECTS),
              Fact.ENCRYPTS),
          pattern(
              CodeRules.MEDIA_PAYLOAD,
              "Takes code out of a media file and runs it",
              view -> view.has(Fact.EXECUTES_MEDIA),
              Fact.EXECUTES_MEDIA),
          pattern(
              CodeRules.FOREIGN_RUNTIME,
              "Fetches another language's runtime and starts a script with it",
              view ->
                  view.hasAll(Fact.NAMES_RUNTIME, Fact.SPAWNS)
                      && (view.isAutomatic() || view.has(Fact.DETACHES))
                      && view.hasAny(
                          Fact.FETCHES,
                          Fact.COMMAND_FETCHES,
                          Fact.PIPES_FETCHED,
                          Fact.WRITES_FETCHED),
              Fact.NAMES_RUNTIME),
          pattern(
              CodeRules.REVERSE_SHELL,
              "Gives another machine a shell",
              view ->
                  (view.has(Fact.REVERSE_SHELL) && view.has(Fact.SPAWNS))
                      || view.hasAll(Fact.DUPLICATES_SOCKET, Fact.CONNECTS, Fact.SPAWNS),
              Fact.REVERSE_SHELL,
              Fact.DUPLICATES_SOCKET),
          pattern(
              CodeRules.WEBHOOK,
              "Sends data to a fixed address of a chat or paste service",
              view ->
                  view.has(Fact.NAMES_WEBHOOK)
                      && view.hasAny(Fact.SENDS_SECRET, Fact.SENDS_ENVIRONMENT, Fact.READS_SECRET)
                      && view.hasAny(Fact.SENDS, Fact.UPLOADS),
              Fact.NAMES_WEBHOOK),
          pattern(
              CodeRules.ENCODED_POWERSHELL,
              "Starts PowerShell with a command that is hidden in base64",
              view -> view.has(Fact.ENCODED_POWERSHELL),
              Fact.ENCODED_POWERSHELL),
          pattern(
              CodeRules.SHELLCODE,
              "Runs native code that lies in it as bytes",
              view -> view.has(Fact.RUNS_SHELLCODE),
              Fact.RUNS_SHELLCODE));

  private static Pattern pattern(Rule rule, String sentence, Predicate<View> test, Fact... shown) {
    return new Pattern(rule, sentence, test, List.of(shown));
  }

  private static boolean stealsCredentials(View view) {
    boolean wayOut = view.hasAny(Fact.SENDS, Fact.UPLOADS, Fact.CONNECTS, Fact.SPAWNS);
    return (view.has(Fact.SENDS_SECRET) && view.hasAny(Fact.SENDS, Fact.UPLOADS, Fact.CONNECTS))
        || (view.stores().size() >= SEVERAL_STORES && wayOut);
  }

  private static boolean drops(View view) {
    if (view.hasAny(Fact.EXECUTES_FETCHED, Fact.PIPES_FETCHED)) {
      return true;
    }
    if (view.has(Fact.SPAWNS_FETCHED)) {
      return view.isAutomatic() || view.hasAny(Fact.DETACHES, Fact.SILENCES);
    }
    // Tools that people call fetch and start programs, too; but not detached in a temporary folder.
    return view.isAutomatic()
        ? (view.hasAll(Fact.FETCHES, Fact.SPAWNS)
                && view.hasAny(Fact.WRITES_FETCHED, Fact.MAKES_EXECUTABLE))
            // A command that fetches is a program, too, so that this asks for more.
            || view.hasAll(
                Fact.COMMAND_FETCHES, Fact.SPAWNS, Fact.WRITES_FETCHED, Fact.MAKES_EXECUTABLE)
        : view.hasAll(Fact.SPAWNS, Fact.TEMPORARY, Fact.DETACHES, Fact.WRITES_FETCHED);
  }

  /** Where it is seen; null where it is not. */
  @Nullable Place match(View view) {
    if (!test.test(view)) {
      return null;
    }
    Place place = view.place(shown.toArray(Fact[]::new));
    if (place == null && !view.stores().isEmpty()) {
      place = view.stores().values().iterator().next();
    }
    return place == null ? new Place("", 0, "") : place;
  }

  /** The sentence, with what it names. */
  String told(View view) {
    if (rule.equals(CodeRules.CREDENTIAL_THEFT) && !view.stores().isEmpty()) {
      List<String> stores = new ArrayList<>(view.stores().keySet());
      String some = String.join(", ", stores.subList(0, Math.min(6, stores.size())));
      return "Reads credentials (%s%s) and sends them away"
          .formatted(some, stores.size() > 6 ? " and more" : "");
    }
    return sentence;
  }
}
