package dev.gatehouse.gateway.fake;

/** One vendor's API. */
interface Vendor {
  /**
   * Answers a request whose fields, headers and key are all as the vendor's reference demands.
   *
   * @throws Refusal where they are not
   */
  Reply answer(Received request) throws Refusal;

  /** The vendor's shape of an error. */
  Reply error(Refusal refusal);

  /**
   * An error in the middle of a stream, as the vendor sends it; the connection's end follows where
   * the vendor has no word for it.
   */
  byte[] eventOfError();

  /**
   * The conversation's last text, wherever this vendor has it; empty where there is none, or the
   * request cannot be read.
   */
  String lastText(Received request);
}
