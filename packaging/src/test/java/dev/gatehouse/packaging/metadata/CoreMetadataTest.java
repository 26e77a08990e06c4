package dev.gatehouse.packaging.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreMetadataTest {
  private static final String START = "Metadata-Version: 2.5\nName: Foo.Bar\nVersion: 1.0\n";

  private static CoreMetadata parse(String text) {
    return CoreMetadata.parse(text.getBytes(UTF_8));
  }

  @Test
  void readsEveryField() {
    CoreMetadata metadata =
        parse(
            START
                + """
                Dynamic: License
                Platform: any
                Summary: What it does
                Description-Content-Type: text/markdown; charset=UTF-8
                Keywords: one, two ,,three
                Home-page: https://example.com
                Download-URL: https://example.com/d
                Author: A. Uthor
                Author-email: a@example.com
                Maintainer: M. Aintainer
                Maintainer-email: m@example.com
                License: Free
                License-Expression: Apache-2.0 OR MIT
                License-File: LICENSE
                License-File: NOTICE
                Classifier: Programming Language :: Python
                Requires-Dist: requests >=2 ; extra == "http"
                requires-dist: idna
                Requires-Python: >=3.8
                Requires-External: libpng
                Project-URL: Source Code, https://example.com/a,b
                Project-URL: no comma
                Provides-Extra: http
                Provides-Dist: foo
                Obsoletes-Dist: bar
                Import-Name: foo.bar
                Import-Namespace: foo
                X-Unknown: kept

                The body

                of it
                """);
    assertThat(metadata.metadataVersion()).isEqualTo("2.5");
    assertThat(metadata.name()).isEqualTo(new ProjectName("foo-bar"));
    assertThat(metadata.spelledName()).isEqualTo("Foo.Bar");
    assertThat(metadata.version()).isEqualTo(Version.parse("1.0"));
    assertThat(metadata.dynamic()).containsExactly("License");
    assertThat(metadata.platforms()).containsExactly("any");
    assertThat(metadata.summary()).contains("What it does");
    assertThat(metadata.description()).contains("The body\n\nof it\n");
    assertThat(metadata.descriptionContentType()).contains("text/markdown; charset=UTF-8");
    assertThat(metadata.keywords()).containsExactly("one", "two", "three");
    assertThat(metadata.homePage()).contains("https://example.com");
    assertThat(metadata.downloadUrl()).contains("https://example.com/d");
    assertThat(metadata.author()).contains("A. Uthor");
    assertThat(metadata.authorEmail()).contains("a@example.com");
    assertThat(metadata.maintainer()).contains("M. Aintainer");
    assertThat(metadata.maintainerEmail()).contains("m@example.com");
    assertThat(metadata.license()).contains("Free");
    assertThat(metadata.licenseExpression()).contains("Apache-2.0 OR MIT");
    assertThat(metadata.licenseFiles()).containsExactly("LICENSE", "NOTICE");
    assertThat(metadata.classifiers()).containsExactly("Programming Language :: Python");
    assertThat(metadata.requiresDist()).containsExactly("requests >=2 ; extra == \"http\"", "idna");
    assertThat(metadata.requiresPython()).contains(">=3.8");
    assertThat(metadata.requiresExternal()).containsExactly("libpng");
    assertThat(metadata.projectUrls())
        .hasSize(1)
        .containsEntry("Source Code", "https://example.com/a,b");
    assertThat(metadata.providesExtra()).containsExactly("http");
    assertThat(metadata.providesDist()).containsExactly("foo");
    assertThat(metadata.obsoletesDist()).containsExactly("bar");
    assertThat(metadata.importNames()).containsExactly("foo.bar");
    assertThat(metadata.importNamespaces()).containsExactly("foo");
    assertThat(metadata.values("x-unknown")).containsExactly("kept");
    assertThat(metadata.headers()).contains(new Header("X-Unknown", "kept"));
  }

  @Test
  void hasNothingWhereNothingIsSaid() {
    CoreMetadata metadata = parse(START);
    assertThat(metadata.summary()).isEmpty();
    assertThat(metadata.description()).isEmpty();
    assertThat(metadata.keywords()).isEmpty();
    assertThat(metadata.requiresDist()).isEmpty();
    assertThat(metadata.projectUrls()).isEmpty();
  }

  @Test
  void readsADescriptionInAHeader() {
    CoreMetadata metadata =
        parse(
            START
                + "Description: First\n        second\n       |third\n        \n          deep\nSummary: s\n");
    assertThat(metadata.description()).contains("First\nsecond\nthird\n\n  deep");
    assertThat(metadata.summary()).contains("s");
  }

  @Test
  void unfoldsWhatIsOneLineAndKeepsALicence() {
    CoreMetadata metadata =
        parse(START + "Requires-Dist: foo\n   (>=1.0)\r\n\t; x\nLicense: one\n  two\n");
    assertThat(metadata.requiresDist()).containsExactly("foo (>=1.0) ; x");
    assertThat(metadata.license()).contains("one\n  two");
  }

  @Test
  void takesNoHeaderOutOfTheBody() {
    CoreMetadata metadata = parse(START + "\nRequires-Dist: evil\n");
    assertThat(metadata.requiresDist()).isEmpty();
    assertThat(metadata.description()).contains("Requires-Dist: evil\n");
  }

  @Test
  void endsTheHeadersAtALineThatIsNone() {
    assertThat(parse(START + "no header\nRequires-Dist: evil\n").requiresDist()).isEmpty();
  }

  @Test
  void readsOldDescriptionsThatAreNotUtf8() {
    CoreMetadata metadata = CoreMetadata.parse((START + "\nZürich").getBytes(ISO_8859_1));
    assertThat(metadata.description()).contains("Z\ufffdrich");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n" + START,
        "Metadata-Version: 2.1\nName: foo\n",
        "Metadata-Version: 2.1\nVersion: 1\n",
        "Name: foo\nVersion: 1\n",
        START + "Name: other\n",
        START + "VERSION: 2\n",
        "Metadata-Version: 2.1\nName: no name\nVersion: 1\n",
        "Metadata-Version: 2.1\nName: foo\nVersion: one\n",
        "Metadata-Version: 3.0\nName: foo\nVersion: 1\n",
        "Metadata-Version: 2\nName: foo\nVersion: 1\n",
        "Metadata-Version: x.y\nName: foo\nVersion: 1\n",
        "Metadata-Version: 99999999999.0\nName: foo\nVersion: 1\n",
        "Metadata-Version: 2.1\nName: ../foo\nVersion: 1\n",
        "Metadata-Version: 2.1\nName: foo\n bar\nVersion: 1\n",
      })
  void refusesWhatNamesNoArtifact(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.2", "2.0", "2.1", "2.5", "2.6"})
  void readsOldVersionsAndNewerMinorOnes(String version) {
    assertThat(parse("Metadata-Version: " + version + "\nName: a\nVersion: 1\n").metadataVersion())
        .isEqualTo(version);
  }

  @Test
  void isBounded() {
    assertThatThrownBy(() -> CoreMetadata.parse(new byte[CoreMetadata.LONGEST_BYTES + 1]))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("at most 10485760 bytes");
    assertThatThrownBy(() -> parse(START + "A:b\n".repeat(20_000)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("at most 20000 headers");
  }
}
