package dev.gatehouse.comparison.source;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit to itself. Left alone it starts {@code git} to find the system's settings, reads the
 * user's, obeys {@code GIT_*} variables, and writes probes into the folders it reads to measure
 * their clock; a comparison needs none of it and must not depend on whose machine it runs on.
 */
public final class OwnSettings extends SystemReader {
  private static final long NO_RESOLUTION_BETTER_THAN_SECONDS = 2;

  private OwnSettings() {
    setPlatformChecker();
  }

  /** For the whole process. */
  public static void install() {
    if (!(SystemReader.getInstance() instanceof OwnSettings)) {
      SystemReader.setInstance(new OwnSettings());
    }
  }

  @Override
  public String getHostname() {
    return "localhost";
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public @Nullable String getProperty(String key) {
    return System.getProperty(key);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public StoredConfig getUserConfig() {
    return new Empty(null, FS.DETECTED);
  }

  @Override
  public StoredConfig getSystemConfig() {
    return new Empty(null, FS.DETECTED);
  }

  @Override
  public StoredConfig getJGitConfig() {
    return new Empty(null, FS.DETECTED);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract there
  public long getCurrentTime() {
    return System.currentTimeMillis();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract there
  public int getTimezone(long when) {
    return 0;
  }

  /** Says nothing, and knows the file system's clock so that nobody measures it. */
  private static final class Empty extends FileBasedConfig {
    Empty(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public long getTimeUnit(
        String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
      return "filesystem".equals(section)
          ? unit.convert(NO_RESOLUTION_BETTER_THAN_SECONDS, TimeUnit.SECONDS)
          : super.getTimeUnit(section, subsection, name, otherwise, unit);
    }

    @Override
    public @Nullable Long getTimeUnit(
        String section, @Nullable String subsection, String name, TimeUnit unit) {
      return "filesystem".equals(section)
          ? Long.valueOf(unit.convert(NO_RESOLUTION_BETTER_THAN_SECONDS, TimeUnit.SECONDS))
          : super.getTimeUnit(section, subsection, name, unit);
    }

    @Override
    public void load() {
      // There is nothing.
    }

    @Override
    public void save() {
      // Nothing is kept.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
