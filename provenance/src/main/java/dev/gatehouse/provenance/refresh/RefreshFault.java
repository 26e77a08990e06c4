package dev.gatehouse.provenance.refresh;

import java.util.Locale;

/** Why a refresh changed nothing. */
public enum RefreshFault {
  /** Nothing was said: no network, no answer in time, an answer that is none. */
  UNREACHABLE(false),
  /** Older than what is known already, or not the version that the others name. */
  ROLLBACK(true),
  /** It has ended: somebody goes on handing out what was true once. */
  EXPIRED(true),
  /** Too few signatures by the keys that have to sign. */
  UNSIGNED(true),
  /** Other bytes than those that are signed for. */
  WRONG_HASH(true),
  /** More than anything honest has. */
  TOO_LARGE(true),
  /** Not what TUF 1.0 says, or signed and still no trusted root. */
  MALFORMED(true),
  /** Something that has to be there is not. */
  MISSING(true),
  /** It holds, and could not be written down here. */
  NOT_STORED(false);

  private final boolean refusal;

  RefreshFault(boolean refusal) {
    this.refusal = refusal;
  }

  /** As it is written in reports and logs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether something was given and is not believed. */
  public boolean isRefusal() {
    return refusal;
  }
}
