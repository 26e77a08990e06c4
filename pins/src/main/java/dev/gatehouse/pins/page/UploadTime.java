package dev.gatehouse.pins.page;

import dev.gatehouse.packaging.simple.PageFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When files were uploaded. A Gatehouse whose upstream gives no time shows when it first saw the
 * file in place of it: that says nothing of the file's age.
 */
public final class UploadTime {
  private UploadTime() {}

  /** When a file was uploaded; null: its index does not know. */
  public static @Nullable Instant of(PageFile file) {
    return isFirstSight(file) ? null : file.uploadTime();
  }

  /** Whether the time on the page is when the index first saw the file. */
  public static boolean isFirstSight(PageFile file) {
    return file.firstSeen() != null && file.firstSeen().equals(file.uploadTime());
  }
}
