package dev.gatehouse.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole outputs, compared with the files beside this class. To write them anew after a change that
 * is meant: {@code ./test -pl findings -Dgatehouse.expected.write=true}, and read the difference.
 */
class WritersTest {
  private static final Map<String, ReportWriter> WRITERS =
      Map.of(
          "text", new TextReport(new TextReport.Style(100, false, null)),
          "narrow.text", new TextReport(new TextReport.Style(80, false, null)),
          "colour.text", new TextReport(new TextReport.Style(100, true, null)),
          "quiet.text", new TextReport(new TextReport.Style(100, false, Severity.HIGH)),
          "json", new JsonReport(),
          "sarif", new SarifReport(),
          "github", new GithubReport());

  @TestFactory
  Stream<DynamicTest> writesEveryReportInEveryFormat() {
    return SampleReports.all().entrySet().stream()
        .flatMap(
            report ->
                WRITERS.entrySet().stream()
                    .map(
                        writer ->
                            DynamicTest.dynamicTest(
                                report.getKey() + "." + writer.getKey(),
                                () ->
                                    compare(
                                        report.getKey() + "." + writer.getKey(),
                                        written(writer.getValue(), report.getValue())))));
  }

  @TestFactory
  Stream<DynamicTest> neverWritesWhatMovesTheCursorOrTurnsTheText() {
    return WRITERS.entrySet().stream()
        .filter(writer -> !writer.getKey().startsWith("colour"))
        .map(
            writer ->
                DynamicTest.dynamicTest(
                    writer.getKey(),
                    () ->
                        assertThat(written(writer.getValue(), SampleReports.hostile()).codePoints())
                            .noneMatch(
                                point ->
                                    (Character.getType(point) == Character.CONTROL && point != '\n')
                                        || Character.getType(point) == Character.FORMAT
                                        || Character.getType(point) == Character.SURROGATE)));
  }

  @Test
  void textFitsTheColumnsThatThereAre() throws IOException {
    for (Report report : SampleReports.all().values()) {
      assertThat(written(Objects.requireNonNull(WRITERS.get("narrow.text")), report).lines())
          .allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void aHostileFieldMakesNoSecondWorkflowCommand() throws IOException {
    Report hostile = SampleReports.hostile();
    long facts =
        hostile.targets().stream()
            .mapToLong(target -> target.findings().size() + target.problems().size())
            .sum();

    assertThat(written(new GithubReport(), hostile).lines())
        .hasSize((int) facts)
        .allMatch(line -> line.matches("::(error|warning|notice) file=[^:]*::.*"));
  }

  @Test
  void aMovedLineKeepsItsFingerprint() throws IOException {
    assertThat(fingerprints("a/x.whl", 1)).isEqualTo(fingerprints("b/x.whl", 7)).hasSize(1);
    assertThat(fingerprints("a/x.whl", 1)).isNotEqualTo(fingerprints("a/y.whl", 1));
  }

  private static List<String> fingerprints(String target, int line) throws IOException {
    Finding finding = SampleReports.PTH_EXEC.at("x.pth", line, "Starts a program.", "import x");
    Report report =
        new Report(
            "1",
            List.of(
                new TargetReport(target, Kind.WHEEL, null, List.of(finding), List.of(), Map.of())));
    return written(new SarifReport(), report)
        .lines()
        .filter(text -> text.contains("gatehouseFinding/v1"))
        .toList();
  }

  private static String written(ReportWriter writer, Report report) throws IOException {
    StringWriter out = new StringWriter();
    writer.write(report, out);
    return out.toString();
  }

  private static void compare(String name, String written) throws IOException {
    if (Boolean.getBoolean("gatehouse.expected.write")) {
      Files.writeString(
          Path.of("src/test/resources/dev/gatehouse/findings").resolve(name), written);
      return;
    }
    assertThat(written).isEqualTo(expected(name));
  }

  private static @Nullable String expected(String name) throws IOException {
    try (InputStream in = WritersTest.class.getResourceAsStream(name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
