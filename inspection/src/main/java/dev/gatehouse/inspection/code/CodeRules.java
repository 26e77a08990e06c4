package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/**
 * The rules on what code does. How bad a finding is depends on when the code runs: see {@link
 * CodeVerdict}.
 */
public final class CodeRules {
  private static final String READ_IT =
      "Do not install it; where it was installed, take the machine for compromised and rotate every"
          + " secret that it could read.";
  private static final String LOOK = "Let a person read the code before anybody installs it.";

  /** LiteLLM 1.82.8, ultralytics, Hades. */
  public static final Rule EXEC_DECODED =
      strong("code-exec-decoded", "hidden text is decoded and executed", READ_IT);

  /** The first layer of LiteLLM 1.82.8: {@code Popen([sys.executable, "-c", decoded])}. */
  public static final Rule SPAWN_DECODED =
      strong("code-spawn-decoded", "hidden text is decoded and started as a program", READ_IT);

  /** A literal that nobody typed reaches a decoder. */
  public static final Rule LITERAL_DECODED =
      new Rule(
          "code-literal-decoded",
          Severity.LOW,
          false,
          "a long literal is decoded",
          "Look at what it decodes to: an image is harmless, code is not.");

  /** A name that could have been written out is put together. */
  public static final Rule HIDDEN_CALL =
      strong("code-hidden-call", "a dangerous function is reached by a name put together", LOOK);

  /** The collector of LiteLLM 1.82.8. */
  public static final Rule CREDENTIAL_THEFT =
      strong("code-credential-theft", "credentials are collected and sent", READ_IT);

  /** {@code requests.post(url, json=dict(os.environ))}. */
  public static final Rule ENVIRONMENT_THEFT =
      strong("code-environment-theft", "the whole environment is sent away", READ_IT);

  /** mistralai 2.4.6, guardrails-ai 0.10.1, durabletask 1.4.1. */
  public static final Rule DROPPER =
      strong("code-dropper", "something is fetched and run", READ_IT);

  /** The {@code sysmon.service} of LiteLLM 1.82.8. */
  public static final Rule PERSISTENCE =
      strong(
          "code-persistence",
          "code makes itself start again",
          "Do not install it; where it was installed, remove what it left: uninstalling does not.");

  /** The {@code node-setup-*} pods of LiteLLM 1.82.8. */
  public static final Rule PRIVILEGED_POD =
      strong("code-privileged-pod", "a privileged pod with the host's files is made", READ_IT);

  /** {@code openssl enc} and {@code curl} of LiteLLM 1.82.8. */
  public static final Rule ENCRYPTED_UPLOAD =
      strong("code-encrypted-upload", "files are encrypted by a command and sent", READ_IT);

  /** telnyx 4.87.1: code in a WAV file. */
  public static final Rule MEDIA_PAYLOAD =
      strong("code-media-payload", "code is taken out of a media file and run", READ_IT);

  /** lightning 2.6.2: fetches a JavaScript runtime. */
  public static final Rule FOREIGN_RUNTIME =
      strong("code-foreign-runtime", "another language's runtime is fetched and run", READ_IT);

  /** A shell on a socket. */
  public static final Rule REVERSE_SHELL =
      strong("code-reverse-shell", "a shell is given to another machine", READ_IT);

  /** Exfiltration through a chat service. */
  public static final Rule WEBHOOK =
      strong("code-webhook", "data is sent to a fixed webhook", READ_IT);

  /** {@code powershell -EncodedCommand}. */
  public static final Rule ENCODED_POWERSHELL =
      strong("code-encoded-powershell", "PowerShell is started with an encoded command", READ_IT);

  /** Native code that lies in the source as bytes. */
  public static final Rule SHELLCODE =
      strong("code-shellcode", "bytes are made executable and run", READ_IT);

  /** {@code .vscode/tasks.json}, {@code .claude/settings.json}. */
  public static final Rule TOOL_FILE_WRITE =
      new Rule(
          "code-tool-file-write",
          Severity.MEDIUM,
          false,
          "code writes a file that a tool runs by itself",
          LOOK);

  /** Ten benign projects of 881 do it. */
  public static final Rule STARTUP_WRITE =
      new Rule(
          "code-startup-write",
          Severity.MEDIUM,
          false,
          "code writes a file that Python runs at every start",
          LOOK);

  /** Eleven benign projects of 881 do it. */
  public static final Rule IMPORT_EFFECTS =
      new Rule(
          "code-import-effects",
          Severity.LOW,
          false,
          "a program or a connection is started without anybody calling for it",
          LOOK);

  /** Code far to the right, where no editor shows it. */
  public static final Rule OFFSCREEN =
      new Rule(
          "code-offscreen",
          Severity.HIGH,
          false,
          "code stands behind many blanks, off the screen",
          LOOK);

  /** CVE-2021-42574, and encodings that hide code (PEP 263). */
  public static final Rule HIDDEN_TEXT =
      new Rule(
          "code-hidden-text",
          Severity.MEDIUM,
          false,
          "the text of the code is not what it looks like",
          LOOK);

  /** A script that was made unreadable, in a language that the package does not need. */
  public static final Rule OBFUSCATED_SCRIPT =
      new Rule(
          "code-obfuscated-script",
          Severity.HIGH,
          false,
          "a large script was made unreadable on purpose",
          LOOK);

  /** A domain, address or path of an incident. */
  public static final Rule KNOWN_INDICATOR =
      strong("known-indicator", "something that only a known attack contains", READ_IT);

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          EXEC_DECODED,
          SPAWN_DECODED,
          LITERAL_DECODED,
          HIDDEN_CALL,
          CREDENTIAL_THEFT,
          ENVIRONMENT_THEFT,
          DROPPER,
          PERSISTENCE,
          PRIVILEGED_POD,
          ENCRYPTED_UPLOAD,
          MEDIA_PAYLOAD,
          FOREIGN_RUNTIME,
          REVERSE_SHELL,
          WEBHOOK,
          ENCODED_POWERSHELL,
          SHELLCODE,
          TOOL_FILE_WRITE,
          STARTUP_WRITE,
          IMPORT_EFFECTS,
          OFFSCREEN,
          HIDDEN_TEXT,
          OBFUSCATED_SCRIPT,
          KNOWN_INDICATOR);

  private CodeRules() {}

  private static Rule strong(String name, String title, String remedy) {
    return new Rule(name, Severity.CRITICAL, true, title, remedy);
  }
}
