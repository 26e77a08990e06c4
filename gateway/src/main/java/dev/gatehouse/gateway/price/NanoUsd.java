package dev.gatehouse.gateway.price;

import java.math.BigDecimal;

/** Amounts of money, as text and as whole billionths of a US dollar. */
public final class NanoUsd {
  /** More than any organisation's budget, and far from where a long ends: a billion USD. */
  public static final long MOST = 1_000_000_000L * 1_000_000_000L;

  private static final int DIGITS = 9;

  private NanoUsd() {}

  /**
   * Reads US dollars, such as {@code 12.50}.
   *
   * @throws IllegalArgumentException where it is no amount from 0 to a billion dollars with at most
   *     nine digits after the point
   */
  public static long parse(String usd) {
    String text = usd.strip();
    if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "an amount in US dollars, such as 12.50, with at most nine digits after the point");
    }
    long nano = new BigDecimal(text).movePointRight(DIGITS).longValueExact();
    if (nano > MOST) {
      throw new IllegalArgumentException("an amount of at most a billion US dollars");
    }
    return nano;
  }

  /** US dollars with as many digits as are needed, at least two: {@code 12.50}. */
  public static String text(long nano) {
    BigDecimal usd = BigDecimal.valueOf(nano, DIGITS).stripTrailingZeros();
    return usd.setScale(Math.max(2, usd.scale())).toPlainString();
  }
}
