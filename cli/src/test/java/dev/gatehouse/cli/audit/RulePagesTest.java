package dev.gatehouse.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.docs.Checkout;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.findings.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulePagesTest {
  private final RulePages pages = new RulePages(List.of(FakeInspectors.ODD, FakeInspectors.BAD));

  @Test
  void listsEveryRuleByName() {
    assertThat(pages.list())
        .isEqualTo("fake-bad  critical  a bad thing\nfake-odd  medium    an odd thing\n");
  }

  @Test
  void namesTheNearestOfAnUnknownRule() {
    assertThatThrownBy(() -> pages.page("fake-bda"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            """
            Could not explain fake-bda: there is no rule of that name. Did you mean fake-bad?
            All of them: gatehouse audit --explain list""");
  }

  @Test
  void explainsEveryRuleWithItsPage() throws IOException {
    RulePages all = new RulePages(RulePages.allRules());
    for (Rule rule : RulePages.allRules()) {
      Path page = Checkout.root().resolve("docs/rules/" + rule.name() + ".md");
      assertThat(page).exists();
      assertThat(all.page(rule.name())).isEqualTo(Files.readString(page));
    }
  }

  @Test
  void hasARuleForEveryPage() throws IOException {
    Path folder = Checkout.root().resolve("docs/rules");
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> pages =
          files
              .map(file -> file.getFileName().toString().replace(".md", ""))
              .filter(name -> !name.equals("README"))
              .toList();
      assertThat(RulePages.allRules())
          .extracting(Rule::name)
          .containsExactlyInAnyOrderElementsOf(pages);
    }
  }
}
