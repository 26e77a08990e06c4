package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureTest {
  @ParameterizedTest
  @CsvSource({
    "2024-10-21, CHAT_COMPLETIONS, gpt-5, /openai/deployments/gpt-5/chat/completions?api-version=2024-10-21",
    "2025-04-01-preview, EMBEDDINGS, e 3/x?y, /openai/deployments/e%203%2Fx%3Fy/embeddings?api-version=2025-04-01-preview",
    "2024-10-21, RESPONSES, gpt-5, /openai/v1/responses",
    "v1, CHAT_COMPLETIONS, gpt-5, /openai/v1/chat/completions",
    "v1, EMBEDDINGS, gpt-5, /openai/v1/embeddings",
  })
  void addressesADeployment(
      String version, Azure.Operation operation, String deployment, String path) throws Exception {
    assertThat(new Azure(version).path(operation, deployment)).isEqualTo(path);
  }

  @Test
  void asksNowhereElse() {
    assertThatThrownBy(() -> new Azure("2024-10-21").path(Azure.Operation.CHAT_COMPLETIONS, ".."))
        .isInstanceOf(UntranslatableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "2024-10-21&x=y", "v2"})
  void takesNoOtherVersion(String version) {
    assertThatThrownBy(() -> new Azure(version)).isInstanceOf(IllegalArgumentException.class);
  }
}
