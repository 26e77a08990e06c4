package dev.gatehouse.pins.page;

import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.Yank;
import java.util.Optional;

/** What a Gatehouse shows on its pages and does not serve: yanked, with the verdict as reason. */
public final class HeldFile {
  private static final String PREFIX = "Gatehouse: ";

  private HeldFile() {}

  /** Verdict and reason, {@code hold: …} or {@code refuse: …}; empty where the file is served. */
  public static Optional<String> reason(PageFile file) {
    return file.yank() instanceof Yank.Yanked yanked && yanked.reason().startsWith(PREFIX)
        ? Optional.of(yanked.reason().substring(PREFIX.length()))
        : Optional.empty();
  }
}
