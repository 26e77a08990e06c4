package dev.gatehouse.gateway.price;

import dev.gatehouse.gateway.conversation.Usage;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a model's tokens cost. A component's cost (plain input, input read from the cache, input
 * written to it for long or not, output) is rounded up to the next nano-dollar, each by itself: the
 * sum is never less than what the provider charges.
 *
 * @param usual for calls that are no longer
 * @param longer for the whole of a call whose input has more tokens than {@code longerThan}; null:
 *     long calls cost the same
 * @param longerThan tokens of input; 0 where there is no {@code longer}
 */
public record ModelPrice(Rates usual, @Nullable Rates longer, long longerThan) {
  /** More than any call has; a provider that reports more is not believed. */
  public static final long MOST_TOKENS = 1_000_000_000L;

  /** Millionths of a millionth: a price of so many USD per million tokens, for one token. */
  private static final int PICO_DIGITS = 6;

  private static final long PICO_PER_NANO = 1000;

  /** USD 5,000 for a million tokens: with {@link #MOST_TOKENS} its product stays within a long. */
  private static final long MOST_PICO = 5_000_000_000L;

  /**
   * Pico-USD for one token, each from 0 to 5 billion.
   *
   * @param cacheWriteLong for what is written to the cache to be kept for an hour
   */
  public record Rates(
      long input, long cacheRead, long cacheWrite, long cacheWriteLong, long output) {
    public Rates {
      check(input);
      check(cacheRead);
      check(cacheWrite);
      check(cacheWriteLong);
      check(output);
    }

    private static void check(long pico) {
      if (pico < 0 || pico > MOST_PICO) {
        throw new IllegalArgumentException("a price from 0 to 5000 USD per million tokens");
      }
    }

    /**
     * Prices in USD per million tokens.
     *
     * @param cacheRead null: as other input
     * @param cacheWrite null: as other input
     * @param cacheWriteLong null: as what is written for a short time
     * @throws IllegalArgumentException where one is negative, above 5000, or has more than six
     *     digits after the point
     */
    public static Rates of(
        BigDecimal input,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal cacheWriteLong,
        BigDecimal output) {
      BigDecimal write = cacheWrite == null ? input : cacheWrite;
      return new Rates(
          pico(input),
          pico(cacheRead == null ? input : cacheRead),
          pico(write),
          pico(cacheWriteLong == null ? write : cacheWriteLong),
          pico(output));
    }

    private static long pico(BigDecimal usdPerMillion) {
      try {
        return usdPerMillion.movePointRight(PICO_DIGITS).longValueExact();
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "a price in USD per million tokens with at most six digits after the point", e);
      }
    }
  }

  public ModelPrice {
    if ((longer == null) != (longerThan == 0) || longerThan < 0) {
      throw new IllegalArgumentException("a price for long calls says from where on they are long");
    }
  }

  /** A price that does not depend on a call's length. */
  public static ModelPrice flat(Rates rates) {
    return new ModelPrice(rates, null, 0);
  }

  /**
   * What a call cost, in nano-USD; empty where the usage cannot be believed: a number below zero,
   * above {@link #MOST_TOKENS}, or a part that is more than its whole. Then what was reserved for
   * the call is what it cost.
   */
  public OptionalLong cost(Usage usage) {
    if (!isBelievable(usage)) {
      return OptionalLong.empty();
    }
    Rates rates = longer != null && usage.input() > longerThan ? longer : usual;
    long plain = usage.input() - usage.cacheRead() - usage.cacheWritten();
    return OptionalLong.of(
        nano(plain, rates.input())
            + nano(usage.cacheRead(), rates.cacheRead())
            + nano(usage.cacheWritten() - usage.cacheWrittenLong(), rates.cacheWrite())
            + nano(usage.cacheWrittenLong(), rates.cacheWriteLong())
            + nano(usage.output(), rates.output()));
  }

  /**
   * The most that a call can cost, in nano-USD, to be reserved before it.
   *
   * @param input tokens, no fewer than there will be
   * @param output the most tokens of all answers together
   */
  public long most(long input, long output) {
    long in = Math.clamp(input, 0, MOST_TOKENS);
    long out = Math.clamp(output, 0, MOST_TOKENS);
    long most = most(usual, in, out);
    return longer != null && in > longerThan ? Math.max(most, most(longer, in, out)) : most;
  }

  private static long most(Rates rates, long input, long output) {
    long written = Math.max(rates.cacheWrite(), rates.cacheWriteLong());
    long dearest = Math.max(rates.input(), Math.max(rates.cacheRead(), written));
    // Parts are rounded up each by itself: three nano-dollars more than the whole would be.
    return nano(input, dearest) + 3 + nano(output, rates.output());
  }

  private static boolean isBelievable(Usage usage) {
    return isCount(usage.input())
        && isCount(usage.cacheRead())
        && isCount(usage.cacheWritten())
        && isCount(usage.cacheWrittenLong())
        && usage.cacheWrittenLong() <= usage.cacheWritten()
        && isCount(usage.output())
        && usage.cacheRead() + usage.cacheWritten() <= usage.input();
  }

  private static boolean isCount(long tokens) {
    return tokens >= 0 && tokens <= MOST_TOKENS;
  }

  private static long nano(long tokens, long pico) {
    return Math.ceilDiv(Math.multiplyExact(tokens, pico), PICO_PER_NANO);
  }
}
