package dev.gatehouse.comparison.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.comparison.repository.SampleRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSettingsTest {
  @TempDir private Path temporary;

  /**
   * Each of these would depend on the machine, start a program, or write into a stranger's folder.
   */
  @Test
  void keepsJGitFromTheSettingsAndTheClockOfTheMachine() throws Exception {
    try (SampleRepository repository = SampleRepository.create(temporary)) {
      repository.file("a.py", "a\n").commit();
      Source.open(
              SourceLocation.of(temporary),
              SourceLimits.DEFAULT,
              InstantSource.fixed(Instant.EPOCH))
          .close();
    }

    SystemReader system = SystemReader.getInstance();
    assertThat(system.getenv("PATH")).isNull();
    assertThat(system.openSystemConfig(null, FS.DETECTED).getFile()).isNull();
    assertThat(system.openUserConfig(null, FS.DETECTED).getFile()).isNull();
    assertThat(
            system
                .getJGitConfig()
                .getTimeUnit("filesystem", "any", "timestampResolution", -1, TimeUnit.SECONDS))
        .isEqualTo(2);
  }
}
