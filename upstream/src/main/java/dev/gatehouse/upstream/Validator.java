package dev.gatehouse.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What a page is revalidated with (RFC 9110, section 8.8).
 *
 * @param etag the header {@code ETag}, null where it had none
 * @param lastModified the header {@code Last-Modified}, null where it had none
 */
public record Validator(@Nullable String etag, @Nullable String lastModified) {
  /** Nothing to revalidate with. */
  public static Validator none() {
    return new Validator(null, null);
  }

  boolean isEmpty() {
    return etag == null && lastModified == null;
  }
}
