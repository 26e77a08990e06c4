package dev.gatehouse.upstream;

import org.junit.jupiter.api.BeforeEach;

/** The contract for an index that speaks JSON. */
final class JsonIndexIT extends HttpContract {
  @BeforeEach
  void speaksJson() {
    index.speaksOnlyJson();
  }
}
