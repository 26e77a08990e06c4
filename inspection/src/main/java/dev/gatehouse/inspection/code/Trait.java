package dev.gatehouse.inspection.code;

/** What a line of Python does, as far as a line at start-up must not. */
public enum Trait {
  /** Turns hidden text into text. */
  DECODES,
  /** Runs text as code. */
  EXECUTES,
  /** Starts a program. */
  SPAWNS,
  /** Talks to another machine. */
  NETWORK,
  /** Names the running interpreter. */
  NAMES_INTERPRETER,
  /** Names or reads where credentials lie. */
  READS_CREDENTIALS,
  /** Reads the whole environment. */
  READS_ENVIRONMENT,
  /** Writes files. */
  WRITES_FILES
}
