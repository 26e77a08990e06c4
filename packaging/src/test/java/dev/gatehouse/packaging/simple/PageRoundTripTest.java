package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.simple.PageSamples.BASE;
import static dev.gatehouse.packaging.simple.PageSamples.FOO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What is written is read as it was, whatever it holds, and stays where it belongs. */
class PageRoundTripTest {
  private static final int PAGES = 1_000;

  private final Random random = new Random(691);

  @Test
  void readsInJsonWhatItWroteInJson() throws IOException {
    for (int i = 0; i < PAGES; i++) {
      ProjectPage page = PageSamples.hostile(random);
      byte[] written = JsonPages.write(page);
      ReadPage read = JsonPages.read(new ByteArrayInputStream(written), FOO, BASE);
      assertThat(read.problems()).isEmpty();
      assertThat(read.page()).isEqualTo(page);
      assertThat(JsonPages.write(read.page())).isEqualTo(written);
    }
  }

  @Test
  void readsInHtmlWhatItWroteInHtml() throws IOException {
    for (int i = 0; i < PAGES; i++) {
      ProjectPage page = PageSamples.hostile(random);
      byte[] written = HtmlPages.write(page);
      ReadPage read = HtmlPages.read(new ByteArrayInputStream(written), FOO, BASE);
      assertThat(read.problems()).isEmpty();
      assertThat(read.page()).isEqualTo(asHtmlHasIt(page));
      assertThat(HtmlPages.write(read.page())).isEqualTo(written);
    }
  }

  @Test
  void letsNoValueBreakOutOfItsAttribute() {
    for (int i = 0; i < PAGES; i++) {
      ProjectPage page = PageSamples.hostile(random);
      Document document = Jsoup.parse(new String(HtmlPages.write(page), UTF_8));
      List<Element> anchors = document.body().select("a");
      assertThat(document.body().children().stream().map(Element::normalName))
          .containsOnly("a", "br");
      assertThat(document.head().children().stream().map(Element::normalName))
          .containsOnly("meta", "title");
      assertThat(document.body().text().split(" ")).hasSize(anchors.size());
      assertThat(anchors).hasSameSizeAs(page.files());
      for (int a = 0; a < anchors.size(); a++) {
        assertSameValues(anchors.get(a), page.files().get(a));
      }
    }
  }

  @Test
  void readsOrRefusesDamagedPages() throws IOException {
    for (int i = 0; i < PAGES; i++) {
      ProjectPage page = PageSamples.hostile(random);
      byte[] json = damaged(JsonPages.write(page));
      byte[] html = damaged(HtmlPages.write(page));
      try {
        JsonPages.write(JsonPages.read(new ByteArrayInputStream(json), FOO, BASE).page());
        HtmlPages.write(HtmlPages.read(new ByteArrayInputStream(html), FOO, BASE).page());
      } catch (MalformedException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_000);
      }
    }
  }

  private byte[] damaged(byte[] page) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      page[random.nextInt(page.length)] = (byte) random.nextInt(256);
    }
    return page;
  }

  private static void assertSameValues(Element anchor, PageFile file) {
    assertThat(anchor.text()).isEqualTo(file.name().filename());
    assertThat(anchor.attr("href"))
        .isEqualTo(file.url() + "#sha256=" + file.sha256().orElseThrow());
    assertThat(
            anchor.attribute("data-requires-python") == null
                ? null
                : anchor.attr("data-requires-python"))
        .isEqualTo(file.requiresPython());
    switch (file.yank()) {
      case Yank.NotYanked() -> assertThat(anchor.hasAttr("data-yanked")).isFalse();
      case Yank.Yanked(String reason) -> assertThat(anchor.attr("data-yanked")).isEqualTo(reason);
    }
    assertThat(anchor.attr("data-core-metadata")).isEqualTo(anchor.attr("data-dist-info-metadata"));
    assertThat(anchor.attributes().asList())
        .allMatch(
            attribute ->
                attribute.getKey().equals("href") || attribute.getKey().startsWith("data-"));
  }

  /** HTML has no sizes and no times. */
  private static ProjectPage asHtmlHasIt(ProjectPage page) {
    List<PageFile> files =
        page.files().stream()
            .map(file -> file.toBuilder().size(null).uploadTime(null).firstSeen(null).build())
            .toList();
    return new ProjectPage(page.name(), page.status(), page.versions(), files);
  }
}
