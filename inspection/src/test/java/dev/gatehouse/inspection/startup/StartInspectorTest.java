package dev.gatehouse.inspection.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Modules;
import org.junit.jupiter.api.Test;

class StartInspectorTest {
  private static final Ownership OWNED =
      new Ownership() {
        @Override
        public boolean ownsFile() {
          return true;
        }

        @Override
        public boolean ownsModule(String module) {
          return module.startsWith("_editable_skbc_");
        }
      };

  @Test
  void tellsEveryEntryAndItsModule() {
    PthReading reading = inspect("\uFEFF# comment\n\nacme.boot:run\n");

    assertThat(reading.findings())
        .extracting(Finding::rule)
        .containsExactly(StartupRules.START_ENTRY);
    assertThat(reading.findings().getFirst().line()).isEqualTo(3);
    assertThat(reading.modules()).containsExactly("acme.boot");
    assertThat(reading.executable().getFirst().versions()).isEqualTo("3.15 and later");
  }

  @Test
  void anEmptyFileSwitchesLinesOfOthersOff() {
    assertThat(inspect("").executable()).isEmpty();
    assertThat(inspect("# nothing\n").findings())
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.MEDIUM))
        .satisfies(f -> assertThat(f.message()).contains("switches off"));
  }

  @Test
  void anEditableInstallationIsKnown() {
    assertThat(inspect("_editable_skbc_acme:entrypoint").findings())
        .extracting(Finding::rule)
        .containsExactly(StartupRules.EDITABLE);
    assertThat(inspect("_editable_skbc_acme:other").findings())
        .extracting(Finding::rule)
        .containsExactly(StartupRules.START_ENTRY);
  }

  private static PthReading inspect(String text) {
    return new StartInspector(new FakeSource(), Modules.none())
        .inspect("acme.start", text.getBytes(UTF_8), OWNED);
  }
}
