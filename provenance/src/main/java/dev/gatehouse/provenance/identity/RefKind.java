package dev.gatehouse.provenance.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of reference a run was for. */
public enum RefKind {
  TAG,
  BRANCH,
  OTHER,
  /** The certificate says none. */
  NONE;

  static RefKind of(@Nullable String ref) {
    if (ref == null) {
      return NONE;
    }
    return ref.startsWith("refs/tags/") ? TAG : ref.startsWith("refs/heads/") ? BRANCH : OTHER;
  }

  /** As it is written in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
