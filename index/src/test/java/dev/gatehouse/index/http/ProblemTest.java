package dev.gatehouse.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
  private static Problem titled(String title) {
    return new Problem(403, "denied", title, "detail", "remedy");
  }

  @Test
  void keepsItsReasonPhraseFromEndingTheStatusLine() {
    assertThat(titled("denied: evil\r\nSet-Cookie: x\u001b[31m é").reasonPhrase())
        .isEqualTo("denied: evil  Set-Cookie: x [31m ?");
  }

  @Test
  void cutsItsReasonPhrase() {
    assertThat(titled("x".repeat(5000)).reasonPhrase()).hasSize(200);
  }
}
