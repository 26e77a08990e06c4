package dev.gatehouse.index.http;

import java.io.IOException;

/** What answers the requests under one path. Runs on a virtual thread and may block. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers, exactly once.
   *
   * @throws ProblemException where the answer is a problem
   * @throws IOException where the client is gone or the data cannot be read
   */
  void answer(Exchange exchange) throws IOException;
}
