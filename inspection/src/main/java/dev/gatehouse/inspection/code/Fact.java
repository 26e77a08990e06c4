package dev.gatehouse.inspection.code;

/** One thing that a program does or holds; rules are made of several. */
enum Fact {
  /** Executes text that was decoded. */
  EXECUTES_DECODED,
  /** Executes what came over a connection. */
  EXECUTES_FETCHED,
  /** Executes what was hidden in a picture or a sound. */
  EXECUTES_MEDIA,
  /** Executes text of whatever origin. */
  EXECUTES,
  /** Reaches a dangerous function by a name that it puts together. */
  HIDES_NAME,
  /** Decodes something. */
  DECODES,
  /** Decodes a literal of thousands of characters. */
  DECODES_LONG,
  /** Starts a program. */
  SPAWNS,
  /** Starts the running interpreter. */
  SPAWNS_INTERPRETER,
  /** Starts a program with decoded text as its command, code or input. */
  SPAWNS_DECODED,
  /** Starts what it fetched. */
  SPAWNS_FETCHED,
  /** Starts a program that outlives it. */
  DETACHES,
  /** Throws the output of a program away. */
  SILENCES,
  /** Opens a connection. */
  CONNECTS,
  /** Fetches something. */
  FETCHES,
  /** Fetches something with a command. */
  COMMAND_FETCHES,
  /** Sends something. */
  SENDS,
  /** Sends what it read from a credential store. */
  SENDS_SECRET,
  /** Sends the whole environment. */
  SENDS_ENVIRONMENT,
  /** Reads the whole environment. */
  READS_ENVIRONMENT,
  /** Reads a file where credentials lie. */
  READS_SECRET,
  /** Writes a file. */
  WRITES,
  /** Writes a file that it fetched. */
  WRITES_FETCHED,
  /** Makes a file executable. */
  MAKES_EXECUTABLE,
  /** Names a temporary folder. */
  TEMPORARY,
  /** Names a place from which programs are started at login or by the clock. */
  NAMES_PERSISTENCE,
  /** Writes to such a place, or tells the system to start it. */
  PERSISTS,
  /** Holds a systemd unit, a launch agent or the like, with a command. */
  HOLDS_UNIT,
  /** Asks for a privileged container. */
  PRIVILEGED,
  /** Mounts the host's file system into a container. */
  MOUNTS_HOST,
  /** Encrypts with a command. */
  ENCRYPTS,
  /** Uploads with a command. */
  UPLOADS,
  /** Fetches with a command and pipes it into an interpreter. */
  PIPES_FETCHED,
  /** Names another language's runtime by where it is fetched from. */
  NAMES_RUNTIME,
  /** Connects a shell to a socket. */
  REVERSE_SHELL,
  /** Puts a socket in place of standard input and output. */
  DUPLICATES_SOCKET,
  /** Holds the full address of a webhook. */
  NAMES_WEBHOOK,
  /** Starts PowerShell with an encoded command. */
  ENCODED_POWERSHELL,
  /** Writes a file that Python runs at every start. */
  WRITES_STARTUP,
  /** Writes a file that a tool runs by itself. */
  WRITES_TOOL_FILE,
  /** Runs native code that it holds as bytes. */
  RUNS_SHELLCODE
}
