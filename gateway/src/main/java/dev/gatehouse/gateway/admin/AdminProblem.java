package dev.gatehouse.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request is not done: its answer (RFC 9457). */
final class AdminProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String title;
  private final String remedy;

  /**
   * @param code a stable name in kebab case
   * @param title the whole of it in one line
   * @param detail what was tried and what went wrong
   * @param remedy what to do
   */
  AdminProblem(int status, String code, String title, String detail, String remedy) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.remedy = remedy;
  }

  /** A member of the body, or a parameter of the query, that is not what it has to be. */
  static AdminProblem invalid(String member, String rule) {
    return new AdminProblem(
        400,
        "invalid-" + member,
        member + " is missing or not valid",
        "It is " + rule + ".",
        "Correct it and ask again.");
  }

  static AdminProblem missing(String what, String name, String remedy) {
    return new AdminProblem(
        404,
        "no-such-" + what,
        "There is no " + what + " " + name,
        "No " + what + " of this name is known.",
        remedy);
  }

  static AdminProblem taken(String what, String name) {
    return new AdminProblem(
        409,
        what + "-exists",
        "There is or was a " + what + " " + name + " already",
        "Names are unique, and stay so.",
        "Choose another name.");
  }

  int status() {
    return status;
  }

  /** One line, for the other shape of errors. */
  String line() {
    return title + ". " + getMessage() + " " + remedy;
  }

  AdminAnswer answer() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", getMessage() + " " + remedy);
    members.put("code", code);
    members.put("remedy", remedy);
    AdminAnswer json = AdminAnswer.json(status, members);
    return new AdminAnswer(status, "application/problem+json", json.body());
  }
}
