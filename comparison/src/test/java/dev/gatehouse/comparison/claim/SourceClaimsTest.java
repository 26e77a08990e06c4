package dev.gatehouse.comparison.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.metadata.CoreMetadata;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceClaimsTest {
  private static List<String> claims(String... headers) {
    String text =
        "Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n" + String.join("\n", headers) + "\n";
    return SourceClaims.of(CoreMetadata.parse(text.getBytes(UTF_8))).stream()
        .map(claim -> claim.repository() + " by " + claim.label())
        .toList();
  }

  @Test
  void whatIsCalledTheSourceComesFirst() {
    assertThat(
            claims(
                "Home-page: https://github.com/acme/site",
                "Project-URL: Homepage, https://demo.example.com/",
                "Project-URL: Bug Tracker, https://github.com/acme/bugs/issues",
                "Project-URL: Source Code, https://github.com/acme/demo"))
        .containsExactly(
            "https://github.com/acme/demo by Project-URL Source Code",
            "https://github.com/acme/site by Home-page",
            "https://github.com/acme/bugs by Project-URL Bug Tracker");
  }

  @Test
  void oneRepositoryIsOneClaim() {
    assertThat(
            claims(
                "Project-URL: Issues, https://github.com/Acme/Demo/issues",
                "Project-URL: repository, git+ssh://git@github.com/acme/demo.git"))
        .containsExactly("https://github.com/acme/demo by Project-URL repository");
  }

  @Test
  void anUnknownPlaceCountsWhereItIsCalledTheSource() {
    assertThat(
            claims(
                "Project-URL: Documentation, https://docs.example.com/demo/",
                "Project-URL: Source, https://forge.example.com/acme/demo"))
        .containsExactly("https://forge.example.com/acme/demo by Project-URL Source");
  }

  @Test
  void thePagesOfARepositoryComeLast() {
    assertThat(
            claims(
                "Home-page: https://acme.github.io/pages/",
                "Project-URL: Changelog, https://github.com/acme/demo/blob/main/CHANGES"))
        .containsExactly(
            "https://github.com/acme/demo by Project-URL Changelog",
            "https://github.com/acme/pages by Home-page");
  }

  @Test
  void nobodyIsAskedForMoreThanAFew() {
    String[] headers = new String[50];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = "Project-URL: Source " + i + ", https://github.com/acme/demo" + i;
    }

    assertThat(claims(headers)).hasSize(5);
  }
}
