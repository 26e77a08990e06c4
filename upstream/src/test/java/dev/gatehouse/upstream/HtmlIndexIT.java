package dev.gatehouse.upstream;

import org.junit.jupiter.api.BeforeEach;

/** The contract for an index that speaks HTML, as old ones do. */
final class HtmlIndexIT extends HttpContract {
  @BeforeEach
  void speaksHtml() {
    index.speaksOnlyHtml();
  }
}
