package dev.gatehouse.inspection.code;

/** Where a value comes from, as far as it matters; it goes wherever the value goes. */
enum Mark {
  /** Put together from pieces that could have been written as one. */
  COMPOSED,
  /** Is a character by its number; several of them are a decoding. */
  CHARACTER,
  /** Came out of a decoding: base64, hex, compression, characters by number, a cipher. */
  DECODED,
  /** Came out of a literal of at least {@link Decoding#LONG_LITERAL} characters. */
  LONG,
  /** Came over a connection. */
  FETCHED,
  /** Holds the whole environment of the process. */
  ENVIRONMENT,
  /** Was read from where credentials lie. */
  SECRET,
  /** Was read from a picture, a sound or a film. */
  MEDIA,
  /** Was read from a file. */
  FILE,
  /** Lies in a temporary folder. */
  TEMPORARY,
  /** Names the running interpreter. */
  INTERPRETER,
  /** Talks to another machine. */
  CONNECTION,
  /** Is a running program. */
  PROCESS,
  /** Is a library of native code. */
  NATIVE,
  /** Is nothing: output that goes there is hidden. */
  NOWHERE
}
