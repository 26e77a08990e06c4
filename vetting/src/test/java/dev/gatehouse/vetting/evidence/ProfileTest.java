package dev.gatehouse.vetting.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Rule PTH =
      new Rule("startup-pth-known", Severity.INFO, false, "runs at start", "Look at it.");
  private static final Rule ENTRY_POINT =
      new Rule("startup-entry-point", Severity.INFO, false, "loads by itself", "Look at it.");

  private static Profile profile(List<Finding> findings, String... natives) {
    return Profile.of(
        new TargetReport(
            "x", Kind.WHEEL, null, findings, List.of(), Map.of("native-files", List.of(natives))));
  }

  private static final Profile BEFORE =
      profile(
          List.of(PTH.at("demo-1.0-nspkg.pth", 1, "runs", "import x")),
          "demo/_speed.cpython-312-x86_64-linux-gnu.so",
          "demo.libs/libgomp-a34b3233.so.1.0.0",
          "30fcd23745efe32ce681__mypyc.cpython-312-x86_64-linux-gnu.so");

  @Test
  void anotherVersionOfTheSameIsNoDrift() {
    Profile after =
        profile(
            List.of(PTH.at("demo-1.1-nspkg.pth", 1, "runs", "import x")),
            "demo/_speed.cpython-313-x86_64-linux-gnu.so",
            "demo.libs/libgomp-24e2ab19.so.1.0.0",
            "0a1cddc1a2ef5bfbd4e7__mypyc.cpython-313-x86_64-linux-gnu.so");

    assertThat(after.driftFrom(BEFORE)).isEmpty();
  }

  @Test
  void tellsANewHookANewBinaryAndANewEntryPoint() {
    Profile after =
        profile(
            List.of(
                PTH.at("demo_init.pth", 1, "runs", "import demo"),
                ENTRY_POINT.at("e.txt", 1, "The tool that looks for tox loads this", "a = b")),
            "demo/_new.abi3.so");

    assertThat(after.driftFrom(BEFORE))
        .containsExactly(
            "Python obeys its demo_init.pth when it starts",
            "The tool that looks for tox loads this",
            "it has the native binary demo/_new");
  }

  @Test
  void aModuleThatIsCompiledNowIsANativeBinaryAndNoHook() {
    Rule shadow =
        new Rule("startup-native-shadow", Severity.LOW, false, "hides its source", "Look at it.");
    String compiled = "demo/_text.cpython-313-x86_64-linux-gnu.so";

    Profile after = profile(List.of(shadow.at(compiled, 1, "hides _text.py", "x")), compiled);

    assertThat(after.driftFrom(BEFORE)).containsExactly("it has the native binary demo/_text");
  }

  private static Profile code(List<String> all, List<String> network, List<String> spawning) {
    return Profile.of(
        new TargetReport(
            "x",
            Kind.WHEEL,
            null,
            List.of(),
            List.of(),
            Map.of("python-files", all, "network-files", network, "spawning-files", spawning)));
  }

  @Test
  void tellsWhatAnOldFileDoesThatItDidNot() {
    Profile before = code(List.of("demo/a.py", "demo/b.py"), List.of("demo/b.py"), List.of());
    Profile after =
        code(
            List.of("demo/a.py", "demo/b.py", "demo/new.py"),
            List.of("demo/a.py", "demo/b.py", "demo/new.py"),
            List.of("demo/b.py"));

    // What is new may do what it is there for; the version is inspected as a whole anyway.
    assertThat(after.driftFrom(before))
        .containsExactly("its demo/a.py talks to other machines", "its demo/b.py starts programs");
  }

  @Test
  void knowsAnSdistsFilesAgainInItsNextVersion() {
    Profile before = code(List.of("demo-1.0/demo/a.py"), List.of(), List.of());
    Profile after = code(List.of("demo-1.1/demo/a.py"), List.of("demo-1.1/demo/a.py"), List.of());

    assertThat(after.driftFrom(before)).hasSize(1);
  }

  @Test
  void whatWasTakenAwayIsNoDrift() {
    assertThat(profile(List.of()).driftFrom(BEFORE)).isEmpty();
  }

  @Test
  void isReadAsItWasStored() {
    assertThat(Profile.parse(BEFORE.json())).isEqualTo(BEFORE);
    Profile code = code(List.of("a.py", "b.py"), List.of("a.py"), List.of("b.py"));
    assertThat(Profile.parse(code.json())).isEqualTo(code);
  }
}
