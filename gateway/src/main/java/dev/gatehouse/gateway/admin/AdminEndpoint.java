package dev.gatehouse.gateway.admin;

import java.io.IOException;

/** What answers the requests of one route. May block. */
@FunctionalInterface
interface AdminEndpoint {
  /**
   * Answers.
   *
   * @throws AdminProblem where the answer is a problem
   * @throws IOException where the usage journal cannot be read or written
   */
  AdminAnswer answer(AdminRequest request) throws IOException;
}
