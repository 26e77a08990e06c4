package dev.gatehouse.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.VersionRange.Event;
import dev.gatehouse.advisories.VersionRange.EventKind;
import dev.gatehouse.packaging.version.Version;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row: events, a version, whether it is affected. */
class VersionRangeTest {
  private static VersionRange range(String events) {
    return new VersionRange(Stream.of(events.split(" ")).map(VersionRangeTest::event).toList());
  }

  private static Event event(String text) {
    String[] parts = text.split("=", 2);
    return Event.of(EventKind.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "introduced=0,                                        0.0.dev1, true",
    "introduced=1.0 fixed=2.0,                            0.9,      false",
    "introduced=1.0 fixed=2.0,                            1.0,      true",
    "introduced=1.0 fixed=2.0,                            2.0rc1,   true",
    "introduced=1.0 fixed=2.0,                            2.0.0,    false",
    "introduced=1.0 last_affected=2.0,                    2.0,      true",
    "introduced=1.0 last_affected=2.0,                    2.0.post1,false",
    "fixed=2.0 introduced=1.0,                            1.5,      true",
    "fixed=2.0 introduced=1.0,                            2.5,      false",
    "introduced=1 fixed=2 introduced=3 fixed=4,           2.5,      false",
    "fixed=4 introduced=3 fixed=2 introduced=1,           3.5,      true",
    "introduced=1.9 fixed=1.10,                           1.9.5,    true",
    "introduced=1.10 fixed=1.9,                           1.9.5,    false",
    "introduced=2.0 last_affected=2.0,                    2.0,      true",
    "introduced=2.0 last_affected=2.0,                    2.1,      false",
    "introduced=1.0 limit=1.5,                            1.4,      true",
    "introduced=1.0 limit=1.5,                            1.5,      false",
    "introduced=1.0 limit=1.5 limit=3,                    2.0,      true",
    "introduced=1.0 limit=*,                              9.9,      true",
    "fixed=2.0,                                           1.0,      false",
    "introduced=1!1 fixed=1!2,                            5.0,      false",
  })
  void readsEventsInTheOrderOfVersions(String events, String version, boolean affected) {
    assertThat(range(events).contains(Version.parse(version))).isEqualTo(affected);
  }

  @ParameterizedTest
  @CsvSource({
    "introduced=0 fixed=2019-09-12, 1.0, true",
    "introduced=0.2.0-n653,         0.1, true",
    "introduced=1 last_affected=?,  2.0, true",
  })
  void isNotMadeSafeByWhatCannotBeOrdered(String events, String version, boolean affected) {
    assertThat(range(events).contains(Version.parse(version))).isEqualTo(affected);
  }

  @Test
  void namesTheNextFixOfSeveralLines() {
    VersionRange range = range("introduced=1 fixed=1.5 introduced=2 fixed=2.7");

    assertThat(range.fixAfter(Version.parse("1.2"))).contains(Version.parse("1.5"));
    assertThat(range.fixAfter(Version.parse("2.2"))).contains(Version.parse("2.7"));
    assertThat(range.fixAfter(Version.parse("2.7"))).isEmpty();
  }
}
