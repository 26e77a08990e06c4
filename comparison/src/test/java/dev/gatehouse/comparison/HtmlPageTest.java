package dev.gatehouse.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.comparison.page.ComparisonPage;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HtmlPageTest extends ComparingTest {
  private static final String CORE = "def core():\n    return 1\n";

  @BeforeEach
  void writeTheRepository() throws IOException {
    repository
        .file("pyproject.toml", "[project]\nname = 'acme'\n")
        .file("src/acme/core.py", CORE)
        .file("src/acme/sub/deep.py", "DEEP = 1\n")
        .release("v1.0");
  }

  private static String page(Comparison... comparisons) throws IOException {
    StringWriter out = new StringWriter();
    ComparisonPage.write(List.of(comparisons), "1.2.3", out);
    return out.toString();
  }

  @Test
  void saysThatAllIsExplained() throws IOException {
    String page =
        page(
            compare(
                WheelBuilder.wheel("acme", "1.0")
                    .file("acme/core.py", CORE)
                    .file("acme/sub/deep.py", "DEEP = 1\n")
                    .build()));

    assertThat(page)
        .contains("Every file is explained.", "verdict good", "2 identical", "v1.0")
        .doesNotContain("<h2>Differences</h2>", "<h2>Findings</h2>", "<details open>");
  }

  @Test
  void showsEachDifferenceSideBySideAndItsPlaceInTheTree() throws IOException {
    String page =
        page(
            compare(
                WheelBuilder.wheel("acme", "1.0")
                    .file("acme/core.py", CORE.replace("1", "2"))
                    .file("acme/sub/deep.py", "DEEP = 1\n")
                    .file("acme.pth", "import acme\n")
                    .build()));

    assertThat(page)
        .contains(
            "verdict bad",
            "2 files are not as the source has them.",
            "<td class=\"code gone\">    return 1</td>",
            "<td class=\"code new\">    return 2</td>",
            "<td class=\"code new\">import acme</td>",
            "<details open><summary><code class=\"path\">acme/</code>",
            "<details><summary><code class=\"path\">sub/</code>");
    // The worst first.
    assertThat(page.indexOf("id=\"t1d0\"")).isLessThan(page.indexOf("artifact: acme.pth"));
    assertThat(page.indexOf("artifact: acme.pth"))
        .isLessThan(page.indexOf("artifact: acme/core.py"));
  }

  /** The page is opened in a browser by whoever has to judge a hostile artifact. */
  @Test
  void escapesWhatAnArtifactSays() throws IOException {
    String script = "<script>alert(1)</script>\"'&\u202e\u001b[31m";

    String page =
        page(
            compare(
                WheelBuilder.wheel("acme", "1.0")
                    .file("acme/core.py", CORE)
                    .file("acme/<img src=x onerror=alert(1)>.py", script + "\n")
                    .file("acme/sub/deep.py", "DEEP = 1\n" + script)
                    .build()));

    assertThat(page)
        .contains("&lt;script&gt;", "&lt;img src=x", "default-src 'none'")
        .doesNotContain("<script", "<img", "\u202e", "\u001b");
  }

  @Test
  void tellsWhatWasNotCompared() throws IOException {
    String page =
        page(Comparison.uncompared("acme-1.0.tar.gz", null, "", List.of(), "No source <here>"));

    assertThat(page).contains("Not all of it was compared.", "No source &lt;here&gt;");
  }
}
