package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.simple.PageSamples.BASE;
import static dev.gatehouse.packaging.simple.PageSamples.FOO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlPagesTest {
  private static final String SHA = PageSamples.sha256("x").hex();
  private static final String WHEEL = "foo-1.0-py3-none-any.whl";

  private static ReadPage read(String html) throws IOException {
    return read(html, BASE);
  }

  private static ReadPage read(String html, URI base) throws IOException {
    return HtmlPages.read(new ByteArrayInputStream(html.getBytes(UTF_8)), FOO, base);
  }

  private static PageFile readFile(String html) throws IOException {
    ReadPage read = read(html);
    assertThat(read.problems()).isEmpty();
    assertThat(read.page().files()).hasSize(1);
    return read.page().files().getFirst();
  }

  private static PageFile readFileWith(String attributes) throws IOException {
    return readFile("<a href='%s' %s>%s</a>".formatted(WHEEL, attributes, WHEEL));
  }

  @Nested
  class Reads {
    @Test
    void everythingThatAPageSays() throws IOException {
      ReadPage read =
          read(
              """
              <!DOCTYPE html>
              <html><head><meta name="pypi:repository-version" content="1.4">
              <meta name="pypi:project-status" content="archived">
              <meta name="pypi:project-status-reason" content="done &amp; over"><title>Links for foo</title></head>
              <body><h1>Links for foo</h1>
              <a href="../../files/foo-1.0-py3-none-any.whl#sha256=%1$s" data-requires-python="&gt;=3.8"
                 data-core-metadata="sha256=%1$s" data-dist-info-metadata="true" data-gpg-sig="true"
                 data-yanked="broken" data-provenance="https://index.example/p">foo-1.0-py3-none-any.whl</a><br/>
              <a href="https://files.example/foo-0.9.tar.gz">foo-0.9.tar.gz</a><br/>
              </body></html>
              """
                  .formatted(SHA));
      PageFile wheel =
          PageSamples.file(WHEEL)
              .hash("sha256", SHA)
              .requiresPython(">=3.8")
              .metadata(MetadataOffer.hashed(PageSamples.sha256("x")))
              .yank(new Yank.Yanked("broken"))
              .provenance(URI.create("https://index.example/p"))
              .build();
      PageFile sdist =
          PageSamples.file("foo-0.9.tar.gz")
              .url(URI.create("https://files.example/foo-0.9.tar.gz"))
              .build();
      assertThat(read.problems()).isEmpty();
      assertThat(read.page())
          .isEqualTo(
              new ProjectPage(
                  FOO,
                  new ProjectStatus(ProjectStatus.State.ARCHIVED, "done & over"),
                  List.of("1.0", "0.9"),
                  List.of(wheel, sdist)));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "data-yanked | ~~",
          "data-yanked='' | ~~",
          "DATA-YANKED='why' | why",
          "data-yanked=\"a &quot;b&quot;\" | a \"b\"",
          "data-yanked=false | false",
        })
    void yanksWhereverTheAttributeIs(String attribute, String reason) throws IOException {
      assertThat(readFileWith(attribute).yank()).isEqualTo(new Yank.Yanked(reason));
    }

    @Test
    void offersOfMetadataUnderEitherName() throws IOException {
      assertThat(readFileWith("").metadata()).isEqualTo(MetadataOffer.none());
      assertThat(readFileWith("data-core-metadata=true").metadata())
          .isEqualTo(MetadataOffer.unhashed());
      assertThat(readFileWith("data-dist-info-metadata=true").metadata())
          .isEqualTo(MetadataOffer.unhashed());
      assertThat(readFileWith("data-dist-info-metadata='sha256=" + SHA + "'").metadata().sha256())
          .contains(PageSamples.sha256("x"));
      assertThat(readFileWith("data-core-metadata=false data-dist-info-metadata=true").metadata())
          .isEqualTo(MetadataOffer.none());
      assertThat(readFileWith("data-core-metadata=''").metadata()).isEqualTo(MetadataOffer.none());
    }

    @ParameterizedTest
    @CsvSource({
      "md5, 32",
      "sha1, 40",
      "sha224, 56",
      "sha384, 96",
      "sha512, 128",
      "SHA512, 128",
      "blake2b, 128"
    })
    void hashesOfOtherAlgorithms(String algorithm, int digits) throws IOException {
      String hex = "Ab".repeat(digits / 2);
      PageFile file = readFile("<a href='%s#%s=%s'>x</a>".formatted(WHEEL, algorithm, hex));
      assertThat(file.hashes())
          .containsExactly(Map.entry(algorithm.toLowerCase(Locale.ROOT), "ab".repeat(digits / 2)));
      assertThat(file.url()).hasToString("https://index.example/simple/foo/" + WHEEL);
    }

    @Test
    void aHashBesideOtherPartsOfTheFragment() throws IOException {
      assertThat(
              readFile("<a href='%s#egg=foo&amp;sha256=%s'>x</a>".formatted(WHEEL, SHA)).sha256())
          .contains(PageSamples.sha256("x"));
      assertThat(readFile("<a href='%s#egg=foo'>x</a>".formatted(WHEEL)).hashes()).isEmpty();
      assertThat(readFile("<a href='%s#'>x</a>".formatted(WHEEL)).hashes()).isEmpty();
    }

    @Test
    void addressesFromTheFirstBase() throws IOException {
      assertThat(
              readFile(
                      "<head><base><base href='/files/'><base href='https://evil.example/'></head><a href='%s'>x</a>"
                          .formatted(WHEEL))
                  .url())
          .hasToString("https://index.example/files/" + WHEEL);
    }

    @Test
    void theFileNameOffTheAddressAsClientsDo() throws IOException {
      assertThat(readFile("<a href='x/foo-1.0%2Blocal.tar.gz?a=b'>other text</a>").name())
          .hasToString("foo-1.0+local.tar.gz");
      assertThat(readFile("<a href=' %s\n'> <b>%s</b> </a>".formatted(WHEEL, WHEEL)).name())
          .hasToString(WHEEL);
    }

    @Test
    void theFileNameOffTheTextWhereTheAddressHasNone() throws IOException {
      assertThat(readFile("<a href='/download?id=7'><span>%s</span></a>".formatted(WHEEL)).name())
          .hasToString(WHEEL);
    }

    @Test
    void addressesThatClimbNoHigherThanTheRoot() throws IOException {
      assertThat(
              readFile("<a href='../../../../../%s#sha256=%s'>x</a>".formatted(WHEEL, SHA)).url())
          .hasToString("https://index.example/" + WHEEL);
    }

    @Test
    void foldersOfFiles() throws IOException {
      ReadPage read =
          read(
              "<a href='%s'>x</a>".formatted(WHEEL),
              URI.create("file:///srv/simple/foo/index.html"));
      assertThat(read.page().files().getFirst().url()).hasToString("file:/srv/simple/foo/" + WHEEL);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "no page",
          "<html>",
          "<a>no address</a>",
          "<a name=x>y</a>",
          "{\"meta\": 1}",
          "\0\0"
        })
    void pagesWithoutFiles(String html) throws IOException {
      assertThat(read(html)).isEqualTo(new ReadPage(ProjectPage.of(FOO, List.of()), List.of()));
    }

    @Test
    void pagesThatEndInTheMiddle() throws IOException {
      assertThat(readFile("<a href='%s'>%s".formatted(WHEEL, WHEEL)).name()).hasToString(WHEEL);
      assertThat(read("<a href='%s".formatted(WHEEL)).page().files()).isEmpty();
    }

    @Test
    void pagesOfAHundredThousandFiles() throws IOException {
      String html =
          IntStream.range(0, 100_000)
              .mapToObj("<a href='foo-1.%1$d.zip'>foo-1.%1$d.zip</a><br/>\n"::formatted)
              .collect(Collectors.joining());
      assertThat(read(html).page().files()).hasSize(100_000);
    }

    @Test
    void noFilesOutOfCommentsScriptsAndAttributes() throws IOException {
      String anchor = "<a href=%s>%s</a>".formatted(WHEEL, WHEEL);
      assertThat(
              read("<!-- %1$s --><script>'%1$s'</script><title>%1$s</title><p title='%1$s'><textarea>%1$s</textarea>"
                      .formatted(anchor))
                  .page()
                  .files())
          .isEmpty();
    }
  }

  @Nested
  class Drops {
    private void drops(String anchor, String reason) throws IOException {
      ReadPage read = read(anchor + "<a href='foo-2.0.tar.gz'>foo-2.0.tar.gz</a>");
      assertThat(read.page().files())
          .extracting(kept -> kept.name().filename())
          .containsExactly("foo-2.0.tar.gz");
      assertThat(read.problems())
          .singleElement()
          .asString()
          .startsWith("dropped ")
          .contains(reason);
    }

    @Test
    void filesThatAreNoArtifactsOfTheProject() throws IOException {
      drops("<a href='foo-1.0.egg'>foo-1.0.egg</a>", "foo-1.0.egg");
      drops("<a href='bar-1.0.tar.gz'>bar-1.0.tar.gz</a>", "bar-1.0.tar.gz");
      drops("<a href='../'>Parent</a>", "suffix");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "javascript:alert(1)",
          "file:///etc/foo-1.0.zip",
          "ftp://x/foo-1.0.zip",
          "data:,foo-1.0.zip",
          "http://["
        })
    void addressesThatNothingMayBeFetchedFrom(String url) throws IOException {
      drops("<a href='%s'>%s</a>".formatted(url, WHEEL), "address");
    }

    @Test
    void filesWhoseSha256IsMalformed() throws IOException {
      drops("<a href='%s#sha256=123'>x</a>".formatted(WHEEL), "its SHA-256 is malformed");
      drops("<a href='%s#sha256='>x</a>".formatted(WHEEL), "its SHA-256 is malformed");
    }

    @Test
    void aBaseThatNothingMayBeFetchedFrom() throws IOException {
      ReadPage read = read("<base href='javascript:x'><a href='%s'>x</a>".formatted(WHEEL));
      assertThat(read.page().files().getFirst().url()).isEqualTo(BASE.resolve(WHEEL));
      assertThat(read.problems()).singleElement().asString().startsWith("its base: ");
    }

    @Test
    void anOfferOfMetadataWhoseSha256IsMalformed() throws IOException {
      ReadPage read = read("<a href='%s' data-core-metadata='sha256=1'>x</a>".formatted(WHEEL));
      assertThat(read.page().files().getFirst().metadata()).isEqualTo(MetadataOffer.none());
      assertThat(read.problems()).singleElement().asString().contains("its metadata");
    }
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "10.0", "", "x"})
    void pagesOfAnotherMajorVersion(String version) {
      assertThatThrownBy(
              () -> read("<meta name='pypi:repository-version' content='%s'>".formatted(version)))
          .isInstanceOf(MalformedException.class);
    }

    @Test
    void aPageThatNeverEnds() {
      assertThatThrownBy(() -> HtmlPages.read(OddStreams.endless(), FOO, BASE))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("at most 268435456 bytes");
    }

    /** Every paragraph opens the formatting anew that was left open: 13 elements for 8 bytes. */
    @Test
    void aPageThatGrowsWhileItIsParsed() {
      String open =
          IntStream.range(0, 12).mapToObj("<b x=%d>"::formatted).collect(Collectors.joining());
      assertThatThrownBy(() -> read("<p>" + open + "</p>" + "<p>x</p>".repeat(200_000)))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("elements");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<b>",
        "<a href=x>",
        "<table><tr><td>",
        "<svg>",
        "<select><option>",
        "<p",
        "<!--",
        "&",
        "<a "
      })
  void readsWhatIsNeverClosed(String opening) throws IOException {
    assertThat(read(opening.repeat(20_000)).page().files()).isEmpty();
  }

  /** Elements are taken out of the tree while the parser still builds it. */
  @Test
  void readsAnySoupOfTags() throws IOException {
    List<String> tags =
        List.of(
            "a href=" + WHEEL,
            "b",
            "p",
            "div",
            "table",
            "tr",
            "td",
            "select",
            "option",
            "svg",
            "math",
            "template",
            "form",
            "ul",
            "li",
            "button",
            "frameset",
            "body",
            "head",
            "html",
            "title",
            "textarea",
            "caption",
            "base",
            "br");
    Random random = new Random(503);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder html = new StringBuilder();
      for (int tag = random.nextInt(60); tag >= 0; tag--) {
        String name = tags.get(random.nextInt(tags.size()));
        html.append(
            random.nextInt(3) == 0
                ? "</" + name.replace(" href=" + WHEEL, "") + ">"
                : "<" + name + ">");
        html.append(random.nextBoolean() ? "x" : "");
      }
      assertThat(read(html.toString()).page().files()).hasSizeLessThan(2);
    }
  }

  @Test
  void passesOnThatTheStreamBroke() {
    InputStream in = OddStreams.cutOff("<html><body><a href=".getBytes(UTF_8));
    assertThatThrownBy(() -> HtmlPages.read(in, FOO, BASE))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("cut off");
  }

  @Nested
  class Writes {
    @Test
    void everythingThatHtmlHasRoomFor() {
      PageFile file =
          PageSamples.file(WHEEL)
              .url(URI.create("../../files/foo/" + WHEEL))
              .hash("md5", "a".repeat(32))
              .hash("sha256", SHA)
              .size(1L)
              .requiresPython(">=3.8")
              .metadata(MetadataOffer.hashed(PageSamples.sha256("x")))
              .yank(new Yank.Yanked(""))
              .provenance(URI.create("https://index.example/p?a&b"))
              .build();
      ProjectPage page =
          new ProjectPage(
              FOO,
              new ProjectStatus(ProjectStatus.State.ARCHIVED, "\"done\""),
              List.of(),
              List.of(file));
      assertThat(new String(HtmlPages.write(page), UTF_8))
          .isEqualTo(
              """
              <!DOCTYPE html>
              <html>
              <head>
              <meta charset="utf-8">
              <meta name="pypi:repository-version" content="1.4">
              <title>Links for foo</title>
              <meta name="pypi:project-status" content="archived">
              <meta name="pypi:project-status-reason" content="&quot;done&quot;">
              </head>
              <body>
              <a href="../../files/foo/foo-1.0-py3-none-any.whl#sha256=%1$s" data-requires-python="&gt;=3.8" \
              data-core-metadata="sha256=%1$s" data-dist-info-metadata="sha256=%1$s" data-yanked="" \
              data-provenance="https://index.example/p?a&amp;b">foo-1.0-py3-none-any.whl</a><br>
              </body>
              </html>
              """
                  .formatted(SHA));
    }

    @Test
    void anotherHashWhereThereIsNoSha256() {
      PageFile file =
          PageSamples.file(WHEEL)
              .hash("md5", "a".repeat(32))
              .metadata(MetadataOffer.unhashed())
              .build();
      assertThat(new String(HtmlPages.write(PageSamples.page(file)), UTF_8))
          .contains(
              WHEEL
                  + "#md5="
                  + "a".repeat(32)
                  + "\" data-core-metadata=\"true\" data-dist-info-metadata=\"true\">");
    }

    @Test
    void noFilesOfAQuarantinedProject() {
      ProjectPage page =
          new ProjectPage(
              FOO,
              new ProjectStatus(ProjectStatus.State.QUARANTINED, null),
              List.of(),
              List.of(PageSamples.file(WHEEL).build()));
      assertThat(new String(HtmlPages.write(page), UTF_8))
          .contains("<meta name=\"pypi:project-status\" content=\"quarantined\">")
          .doesNotContain("<a");
    }
  }

  @Nested
  class Lists {
    @Test
    void areReadAsTheyWereWritten() throws IOException {
      List<ProjectName> projects = List.of(new ProjectName("b"), new ProjectName("a-c"));
      byte[] written = HtmlPages.writeList(projects);
      assertThat(new String(written, UTF_8)).contains("<a href=\"a-c/\">a-c</a><br>\n");
      assertThat(HtmlPages.readList(new ByteArrayInputStream(written))).isEqualTo(projects);
    }

    @Test
    void leaveOutWhatIsNoName() throws IOException {
      String html = "<a href='../'>../</a><a href='a/'>A.b</a><a>c</a>";
      assertThat(HtmlPages.readList(new ByteArrayInputStream(html.getBytes(UTF_8))))
          .containsExactly(new ProjectName("a-b"));
    }
  }
}
