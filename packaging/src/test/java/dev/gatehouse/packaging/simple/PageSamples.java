package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pages for tests: one with everything, and any number of odd ones. */
final class PageSamples {
  static final ProjectName FOO = new ProjectName("foo");
  static final URI BASE = URI.create("https://index.example/simple/foo/");

  /** What could break out of a string, an attribute, an element or a line. */
  static final List<String> HOSTILE =
      List.of(
          "",
          "plain",
          "\"",
          "'",
          "<",
          ">",
          "&",
          "&amp;",
          "&quot;",
          "</a><a href=\"https://evil.example/x\">",
          "\"><script>alert(1)</script>",
          "' onload='x",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "line\nbreak",
          "\0",
          "a\0b",
          "\u0001\u001f",
          "\u202eevil\u202c",
          "\u2028\u2029",
          "\\",
          "\\\"",
          "\\u0022",
          "🐍",
          "\ud83d",
          "\udc0d\ud83d",
          "\ufffd",
          "\ufeff",
          "-->",
          "<!--",
          "]]>",
          "{{x}}",
          "${x}",
          "%00",
          "`",
          "=",
          "/",
          "é",
          "\u0085",
          "\u00a0",
          ">=3.8,<4",
          "&#0;",
          "&#x3c;",
          "&lt",
          "&notin;");

  private PageSamples() {}

  static PageFile.Builder file(String filename) {
    return PageFile.builder(
        ArtifactName.parse(filename, FOO), BASE.resolve("../../files/" + filename));
  }

  static Sha256 sha256(String content) {
    return Sha256.digest(content.getBytes(StandardCharsets.UTF_8));
  }

  static ProjectPage page(PageFile... files) {
    return ProjectPage.of(FOO, List.of(files));
  }

  /** A page with hostile values wherever there is room for any. */
  static ProjectPage hostile(Random random) {
    List<PageFile> files = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      files.add(hostileFile(random, i));
    }
    ProjectStatus.State[] states = {
      ProjectStatus.State.ACTIVE, ProjectStatus.State.ARCHIVED, ProjectStatus.State.DEPRECATED
    };
    ProjectStatus status =
        new ProjectStatus(
            states[random.nextInt(states.length)],
            random.nextBoolean() ? null : hostileText(random));
    return new ProjectPage(FOO, status, ProjectPage.versionsOf(files), files);
  }

  private static PageFile hostileFile(Random random, int i) {
    String filename =
        random.nextBoolean() ? "foo-1." + i + "-py3-none-any.whl" : "foo-1." + i + ".tar.gz";
    PageFile.Builder file = file(filename).sha256(sha256(filename));
    if (random.nextBoolean()) {
      file.url(
          URI.create("https://files.example/a'b&c=d&lt;/%22%3Cx%3E/" + filename + "?q='&x=%00"));
    }
    if (random.nextBoolean()) {
      file.size(random.nextLong(1L << 40))
          .uploadTime(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
    }
    if (random.nextBoolean()) {
      file.firstSeen(Instant.ofEpochMilli(random.nextInt()));
    }
    if (random.nextBoolean()) {
      file.requiresPython(hostileText(random));
    }
    if (random.nextBoolean()) {
      file.metadata(
          random.nextBoolean() ? MetadataOffer.unhashed() : MetadataOffer.hashed(sha256("m")));
    }
    if (random.nextBoolean()) {
      file.yank(new Yank.Yanked(hostileText(random)));
    }
    if (random.nextBoolean()) {
      file.provenance(URI.create("https://index.example/integrity/foo/'&x/provenance"));
    }
    return file.build();
  }

  private static String hostileText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    return text.toString();
  }
}
