package dev.gatehouse.gateway.conversation;

/**
 * What an answer took, in tokens.
 *
 * @param input all that was read, from the cache or not
 * @param cacheRead of {@code input}: read from the provider's cache
 * @param cacheWritten of {@code input}: written to the provider's cache
 * @param cacheWrittenLong of {@code cacheWritten}: to be kept for an hour, which costs more
 * @param output all that was written, thinking included
 * @param thinking of {@code output}
 */
public record Usage(
    long input,
    long cacheRead,
    long cacheWritten,
    long cacheWrittenLong,
    long output,
    long thinking) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /** One of which nothing is to be kept for long. */
  public Usage(long input, long cacheRead, long cacheWritten, long output, long thinking) {
    this(input, cacheRead, cacheWritten, 0, output, thinking);
  }

  /** What both took. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWritten + other.cacheWritten,
        cacheWrittenLong + other.cacheWrittenLong,
        output + other.output,
        thinking + other.thinking);
  }
}
