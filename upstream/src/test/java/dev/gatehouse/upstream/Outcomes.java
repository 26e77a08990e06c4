package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.simple.PageFile;
import java.io.IOException;

/**
 * Takes outcomes for what a test expects them to be; a test fails where they are something else.
 */
final class Outcomes {
  private Outcomes() {}

  static PageOutcome.Fresh fresh(PageOutcome outcome) {
    assertThat(outcome).isInstanceOf(PageOutcome.Fresh.class);
    return (PageOutcome.Fresh) outcome;
  }

  static PageFile only(PageOutcome.Fresh fresh) {
    assertThat(fresh.page().files()).hasSize(1);
    return fresh.page().files().getFirst();
  }

  static FileOutcome.Content content(FileOutcome outcome) {
    assertThat(outcome).isInstanceOf(FileOutcome.Content.class);
    return (FileOutcome.Content) outcome;
  }

  static byte[] bytes(FileOutcome outcome) throws IOException {
    try (FileOutcome.Content content = content(outcome)) {
      return content.body().readAllBytes();
    }
  }

  static UpstreamFailure failure(PageOutcome outcome) {
    assertThat(outcome).isInstanceOf(PageOutcome.Unavailable.class);
    return ((PageOutcome.Unavailable) outcome).failure();
  }

  static UpstreamFailure failure(FileOutcome outcome) {
    assertThat(outcome).isInstanceOf(FileOutcome.Unavailable.class);
    return ((FileOutcome.Unavailable) outcome).failure();
  }
}
