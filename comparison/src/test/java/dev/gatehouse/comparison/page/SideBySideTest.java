package dev.gatehouse.comparison.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final List<String> DIFF =
      List.of(
          "--- src/acme/core.py",
          "+++ acme/core.py",
          "@@ -7,3 +9,4 @@",
          " def core():",
          "-    return 1",
          "+    evil()",
          "+    return 1 ",
          " # end");

  private static String shown(SideBySide.Row row) {
    return row.note().isEmpty()
        ? cell(row.before()) + " | " + cell(row.after())
        : "note " + row.note();
  }

  private static String cell(SideBySide.@Nullable Cell cell) {
    return cell == null ? "-" : cell.number() + cell.text();
  }

  @Test
  void putsWhatWasBesideWhatIs() {
    assertThat(SideBySide.of(DIFF).stream().map(SideBySideTest::shown))
        .containsExactly(
            "note @@ -7,3 +9,4 @@",
            "7def core(): | 9def core():",
            "8    return 1 | 10    evil()",
            "- | 11    return 1 ",
            "9# end | 12# end");
  }

  @Test
  void keepsLinesThatLookLikeAHeader() {
    assertThat(
            SideBySide.of(List.of("--- a", "+++ a", "@@ -1,1 +1,1 @@", "--- x", "+++ y")).stream()
                .map(SideBySideTest::shown))
        .containsExactly("note @@ -1,1 +1,1 @@", "1-- x | 1++ y");
  }

  @Test
  void showsWhatIsNoDiffAsANote() {
    assertThat(
            SideBySide.of(List.of("Binary files a and b differ")).stream()
                .map(SideBySideTest::shown))
        .containsExactly("note Binary files a and b differ");
    assertThat(
            SideBySide.of(List.of("+++ a (lines that the source does not have)", "+evil()"))
                .stream()
                .map(SideBySideTest::shown))
        .containsExactly("note a (lines that the source does not have)", "- | 0evil()");
  }
}
