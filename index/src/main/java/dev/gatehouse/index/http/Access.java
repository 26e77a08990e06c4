package dev.gatehouse.index.http;

import dev.gatehouse.index.client.Role;
import dev.gatehouse.index.settings.AnonymousReading;

/** What a caller needs in order to be answered. */
enum Access {
  /** Nothing: whether the server lives is no secret. */
  OPEN,
  /** To be allowed to read, by a token or as the anonymous. */
  READ,
  /** Any client's token: to tell what it has installed, under its own name. */
  TELL,
  /** An approver's token: to release, refuse and recall, and to see why and who. */
  APPROVE,
  /** An administrator's token, on loopback too: else malicious local code approves itself. */
  ADMINISTER;

  /** Returns where the caller may, and ends the request where it may not. */
  void check(Caller caller, AnonymousReading anonymous) {
    switch (this) {
      case OPEN -> {}
      case READ -> checkReading(caller, anonymous);
      case TELL -> checkRole(caller, Role.READER);
      case APPROVE -> checkRole(caller, Role.APPROVER);
      case ADMINISTER -> checkRole(caller, Role.ADMIN);
    }
  }

  private static void checkReading(Caller caller, AnonymousReading anonymous) {
    if (caller.client() != null) {
      checkRole(caller, Role.READER);
      return;
    }
    boolean allowed =
        switch (anonymous) {
          case LOOPBACK -> caller.local();
          case EVERYONE -> true;
          case NOBODY -> false;
        };
    if (!allowed) {
      throw Problems.tokenNeeded().asException();
    }
  }

  private static void checkRole(Caller caller, Role role) {
    if (caller.client() == null) {
      throw Problems.tokenNeeded().asException();
    }
    if (!caller.client().may(role)) {
      throw Problems.roleNeeded(role.text()).asException();
    }
  }
}
