package dev.gatehouse.gateway.fake;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes wrong with an answer, by a word in the conversation's last text. */
enum Fault {
  /** {@code #hang}: nothing ever comes. */
  HANG,
  /** {@code #drip}: the answer comes in tiny pieces, for ever. */
  DRIP,
  /** {@code #stall}: the first half comes, then nothing. */
  STALL,
  /** {@code #cut}: the connection ends within an event. */
  CUT,
  /** {@code #early}: the stream ends as if it were whole, after its first half. */
  EARLY,
  /** {@code #malformed}: an event within the stream is not JSON; a whole answer is not, either. */
  MALFORMED,
  /** {@code #empty}: empty events, comments and empty chunks come between the others. */
  EMPTY,
  /** {@code #nothing}: status 200, and an empty body. */
  NOTHING,
  /** {@code #huge}: an event of 32 MB comes within the stream. */
  HUGE,
  /** {@code #long}: half a gigabyte of comments comes. */
  LONG,
  /** {@code #late-error}: the vendor's error comes within the stream. */
  LATE_ERROR,
  /** {@code #page}: a proxy's page of HTML comes, with status 502. */
  PAGE,
  /** {@code #redirect}: another place is named. */
  REDIRECT;

  /** What a vendor says when there is no more money. */
  static final String SPENT = "Your credit balance is too low; you exceeded your current quota";

  /** What a vendor says of a conversation that is too long. */
  static final String TOO_LONG = "prompt is too long: 300000 tokens > 200000 maximum";

  /** What a vendor says of what it does not want to talk about. */
  static final String POLICY = "rejected by the content policy";

  private static final Pattern STATUS =
      Pattern.compile("#(status|once)-(\\d{3})(?:-after-(\\d{1,3}))?(?:-([a-z0-9]+))?");

  /** The fault that a text asks for. */
  static Optional<Fault> in(String text) {
    return Arrays.stream(values()).filter(fault -> text.contains(fault.word())).findFirst();
  }

  private String word() {
    return "#" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * An error with a status: {@code #status-429}, {@code #status-429-after-2} with a Retry-After,
   * {@code #once-503-NAME} only for the first request that has it.
   *
   * @param word the whole of it
   * @param after seconds; -1: none
   */
  record Status(String word, int status, int after, boolean once) {
    static Optional<Status> in(String text) {
      Matcher matcher = STATUS.matcher(text);
      return matcher.find()
          ? Optional.of(
              new Status(
                  matcher.group(),
                  Integer.parseInt(matcher.group(2)),
                  matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3)),
                  matcher.group(1).equals("once")))
          : Optional.empty();
    }
  }
}
