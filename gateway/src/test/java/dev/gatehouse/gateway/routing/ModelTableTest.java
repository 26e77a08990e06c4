package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTableTest {
  private static List<String> ids(ModelTable table, String asked) {
    return table.find(asked).stream()
        .flatMap(group -> group.deployments().stream())
        .map(Deployment::id)
        .toList();
  }

  @Test
  void givesAllDeploymentsOfAName() {
    ModelTable table =
        new Models().model("fast", "one", "gpt-5-mini").model("fast", "two", "mini").table();

    assertThat(ids(table, "fast")).containsExactly("one/gpt-5-mini", "two/mini");
  }

  @Test
  void resolvesAnAlias() {
    ModelTable table = new Models().model("fast", "one", "m").alias("gpt-4", "fast").table();

    assertThat(table.find("gpt-4").orElseThrow().name()).isEqualTo("fast");
    assertThat(table.names()).containsExactlyInAnyOrder("fast", "gpt-4");
  }

  @Test
  void takesAProviderBeforeASlashOrAColon() {
    ModelTable table = new Models().table();

    assertThat(ids(table, "one/org/model:free")).containsExactly("one/org/model:free");
    assertThat(ids(table, "two:model")).containsExactly("two/model");
  }

  @Test
  void knowsNoProviderWithoutAModelAndNoneThatIsNotConfigured() {
    ModelTable table = new Models().table();

    assertThat(table.find("one/")).isEmpty();
    assertThat(table.find("/model")).isEmpty();
    assertThat(table.find("three/model")).isEmpty();
    assertThat(table.find("ONE/model")).isEmpty();
  }

  @Test
  void prefersTheLongestPatternAndCarriesWhatTheAsteriskStandsFor() {
    ModelTable table =
        new Models()
            .model("*", "one", "*")
            .model("claude-*", "two", "anthropic.claude-*")
            .model("gpt-*", "one", "always")
            .table();

    assertThat(ids(table, "claude-x")).containsExactly("two/anthropic.claude-x");
    assertThat(ids(table, "gpt-x")).containsExactly("one/always");
    assertThat(ids(table, "other")).containsExactly("one/other");
    assertThat(table.names()).isEmpty();
  }

  @Test
  void fallsBackByDefaultWhereAModelNamesNothingItself() {
    ModelTable table =
        new Models()
            .model("fast", "one", "m")
            .model("slow", "one", "n", 1, null, List.of("fast"))
            .defaultFallbacks("slow", "fast")
            .table();

    assertThat(table.find("fast").orElseThrow().fallbacks()).containsExactly("slow");
    assertThat(table.find("slow").orElseThrow().fallbacks()).containsExactly("fast");
  }

  @Test
  void refusesAModelOfNoProvider() {
    assertThatThrownBy(() -> new Models().model("fast", "three", "m").table())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the provider three");
  }
}
