package dev.gatehouse.provenance.refresh;

import java.util.Locale;

/** Why a refresh changed nothing. */
public enum RefreshFault {
  /** Nothing was said: no network, no answer in time, an answer that is none. */
  UNREACHABLE,
  /** Older than what is known already, or not the version that the others name. */
  ROLLBACK,
  /** It has ended: somebody goes on handing out what was true once. */
  EXPIRED,
  /** Too few signatures by the keys that have to sign. */
  UNSIGNED,
  /** Other bytes than those that are signed for. */
  WRONG_HASH,
  /** More than anything honest has. */
  TOO_LARGE,
  /** Not what TUF 1.0 says, or signed and still no trusted root. */
  MALFORMED,
  /** Something that has to be there is not. */
  MISSING,
  /** It holds, and could not be written down here. */
  NOT_STORED;

  /** As it is written in reports and logs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
