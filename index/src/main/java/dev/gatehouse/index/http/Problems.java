package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.upstream.UpstreamFailure;
import dev.gatehouse.vetting.policy.Reason;
import dev.gatehouse.vetting.policy.Verdict;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The problems that this index answers with. */
final class Problems {
  private static final String READ_LOG = "The server's log says more.";

  private Problems() {}

  static Problem noSuchProject(String name) {
    return new Problem(
        404,
        "no-such-project",
        "No project " + name + " here",
        "No upstream of this index has a project " + name + ", or none may be asked for it.",
        "Check the spelling; a private name needs an upstream whose projects list it.");
  }

  static Problem noSuchVersion(ProjectName project, String version) {
    return new Problem(
        404,
        "no-such-version",
        "No version " + Exchange.quoted(version) + " of " + project + " here",
        "The project's page lists no file of this version.",
        "See which there are at /simple/" + project + "/.");
  }

  static Problem noSuchFile(String fileName) {
    return new Problem(
        404,
        "no-such-file",
        "No file " + fileName + " here",
        "The project's page does not list " + fileName + ".",
        "Ask for the project's page again: its files may have changed.");
  }

  static Problem noProvenance(String fileName) {
    return new Problem(
        404,
        "no-provenance",
        "No provenance for " + Exchange.quoted(fileName),
        "The upstream offers no attestations for this file.",
        "Nothing is wrong with the request: the file was published without.");
  }

  static Problem provenanceOfUnknownBytes(String fileName) {
    return new Problem(
        404,
        "provenance-unverified",
        "The provenance of " + Exchange.quoted(fileName) + " cannot be verified yet",
        "The upstream gives no hash of the file, and its bytes are not here.",
        "Fetch the file itself first; its provenance is verified against it then.");
  }

  static Problem provenanceRefused(String fileName, Refusal refusal) {
    return refusal.reason().isOurs()
        ? new Problem(
            503,
            "provenance-unverified",
            "The provenance of " + Exchange.quoted(fileName) + " cannot be verified here",
            "Nothing can: %s (%s).".formatted(refusal.message(), refusal.reason().text()),
            "Whoever runs this index has to let the trusted root be refreshed, or take a newer Gatehouse.")
        : new Problem(
            404,
            "provenance-invalid",
            "The provenance of " + Exchange.quoted(fileName) + " does not hold",
            "What the upstream gives is not passed on: %s (%s)."
                .formatted(refusal.message(), refusal.reason().text()),
            "Ask the project how the file came about; gatehouse why says what it is served by.");
  }

  static Problem noSuchSnapshot(String name) {
    return new Problem(
        404,
        "no-such-snapshot",
        "No snapshot " + Exchange.quoted(name),
        "No snapshot has this name, or it was removed.",
        "List them with: gatehouse snapshot list");
  }

  static Problem noSuchPlace(String path) {
    return new Problem(
        404,
        "no-such-place",
        "Nothing is at this address",
        "There is nothing at " + path + ".",
        "The index is at /simple/.");
  }

  static Problem notServed(ListedFile file, @Nullable String contact) {
    Verdict verdict = file.verdict();
    String what = file.name().project() + " " + file.name().version();
    String does =
        switch (verdict) {
          case Verdict.Hold _ -> "holds";
          case Verdict.Refuse _ -> "refuses";
          case Verdict.Admit _, Verdict.Pending _ ->
              throw new IllegalArgumentException(what + " is offered");
        };
    String reasons = verdict.reasons().stream().map(Reason::text).collect(Collectors.joining("; "));
    return new Problem(
        403,
        verdict.reason().code(),
        titled("Gatehouse " + does + " " + what + ": " + verdict.reason().text(), contact),
        file.name().filename() + " is not served: " + reasons + ".",
        "Pin another version, or ask %s; gatehouse why %s==%s says more."
            .formatted(
                contact == null ? "those who keep this index's policy" : contact,
                file.name().project(),
                file.name().version()));
  }

  /** Where to ask must still be there when a long reason is cut. */
  private static String titled(String title, @Nullable String contact) {
    if (contact == null) {
      return title;
    }
    String end = " (ask " + contact + ")";
    int most = Problem.MOST_REASON - end.length();
    return (title.length() <= most ? title : title.substring(0, most - 3) + "...") + end;
  }

  static Problem notHad(MirrorFailure failure) {
    return switch (failure.cause()) {
      // Not a 5xx: pip would ask five times more, and its user would not read why.
      case MISMATCH ->
          problem(403, failure, "Gatehouse refuses it: could not " + failure.tried() + ": ");
      case REFUSED -> problem(403, failure, "Gatehouse could not " + failure.tried() + ": ");
      case ABSENT -> problem(404, failure, "Could not " + failure.tried() + ": ");
      case UPSTREAM -> problem(502, failure, "Could not " + failure.tried() + ": ");
      case UPSTREAM_TIMEOUT -> problem(504, failure, "Could not " + failure.tried() + ": ");
      case STORE -> problem(507, failure, "Could not " + failure.tried() + ": ");
    };
  }

  private static Problem problem(int status, MirrorFailure failure, String beginning) {
    return new Problem(
        status,
        failure.code(),
        beginning + failure.problem(),
        "Could not " + failure.tried() + ": " + failure.problem() + ".",
        failure.remedy());
  }

  static Problem upstreamUnavailable(UpstreamFailure failure) {
    return new Problem(
        failure.code() == UpstreamFailure.Code.TIMEOUT ? 504 : 502,
        failure.code().text(),
        "Could not " + failure.tried() + ": " + failure.problem(),
        "Could not " + failure.tried() + ": " + failure.problem() + ".",
        failure.remedy());
  }

  static Problem notAcceptable(String offered) {
    return new Problem(
        406,
        "not-acceptable",
        "None of the accepted types can be given",
        "This address answers with " + offered + ".",
        "Ask with a matching Accept header, or none.");
  }

  static Problem methodNotAllowed(String method, String allowed) {
    return new Problem(
        405,
        "method-not-allowed",
        method + " is not for this address",
        "This address takes " + allowed + ".",
        "Use one of these.");
  }

  static Problem tokenNeeded() {
    return new Problem(
        401,
        "token-needed",
        "A token is needed",
        "This address is not for anonymous callers.",
        "Send a token as password of the user __token__, or as bearer; an administrator makes one"
            + " with: gatehouse client add NAME --role reader");
  }

  static Problem tokenUnknown() {
    return new Problem(
        401,
        "token-unknown",
        "The token is not known here",
        "The credentials that came with the request are no token of this index, or one that was"
            + " taken back.",
        "Ask an administrator for another one, or send none where anonymous reading is allowed.");
  }

  static Problem roleNeeded(String role) {
    return new Problem(
        403,
        "role-needed",
        "The role " + role + " is needed",
        "This token's client does not have the role " + role + ".",
        "Ask an administrator.");
  }

  static Problem misdirected(String host) {
    return new Problem(
        421,
        "host-unknown",
        "This server does not go by the name " + host,
        "The request's Host header names " + host + ", which is not how this server is reached.",
        "If it should be, set public-url in gatehouse.toml.");
  }

  static Problem badRequest(String code, String title, String detail) {
    return new Problem(400, code, title, detail, "Correct the request.");
  }

  static Problem failed() {
    return new Problem(
        500,
        "internal-error",
        "Gatehouse failed to answer",
        "The request met an error in the server; nothing was admitted because of it.",
        READ_LOG);
  }
}
