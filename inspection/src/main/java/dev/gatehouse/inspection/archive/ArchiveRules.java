package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/**
 * What can be wrong with an archive, whatever lies in it. Sources: APPNOTE 6.3.10, POSIX.1-2017
 * pax, PEP 706, CVE-2025-54368, CVE-2025-13327, CVE-2007-4559.
 */
public final class ArchiveRules {
  /** Two readers would take different files out of it. */
  public static final Rule AMBIGUOUS =
      new Rule(
          "archive-ambiguous",
          Severity.CRITICAL,
          true,
          "An archive that can be read in two ways",
          "Do not install it: what was looked at need not be what another tool unpacks.");

  /** A path twice. */
  public static final Rule DUPLICATE =
      new Rule(
          "archive-duplicate",
          Severity.CRITICAL,
          true,
          "Several entries for one path",
          "Do not install it: it depends on the tool which of the entries ends up on the disk.");

  /** A path that leaves the folder it is unpacked to, or might. */
  public static final Rule PATH =
      new Rule(
          "archive-path",
          Severity.CRITICAL,
          true,
          "A path that leaves its folder or means another one elsewhere",
          "Do not unpack it: it writes outside the folder it is unpacked to.");

  /** A link out of the archive, or a path through a link. */
  public static final Rule LINK =
      new Rule(
          "archive-link",
          Severity.CRITICAL,
          true,
          "A link that leads out of the archive",
          "Do not unpack it: what goes through the link is read or written somewhere else.");

  /** A device, FIFO or socket. */
  public static final Rule SPECIAL_FILE =
      new Rule(
          "archive-special-file",
          Severity.CRITICAL,
          true,
          "A device, pipe or socket in an archive",
          "Do not unpack it: no Python artifact has a use for such a file.");

  /** Content that cannot be looked at. */
  public static final Rule ENCRYPTED =
      new Rule(
          "archive-encrypted",
          Severity.HIGH,
          false,
          "An encrypted entry",
          "Ask its maintainers for one that is not: nobody can say what is in it.");

  /** Content that is not what the archive says. */
  public static final Rule CORRUPT =
      new Rule(
          "archive-corrupt",
          Severity.HIGH,
          false,
          "A damaged or truncated archive",
          "Fetch it again; where it stays so, do not install it.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(AMBIGUOUS, DUPLICATE, PATH, LINK, SPECIAL_FILE, ENCRYPTED, CORRUPT);

  private ArchiveRules() {}
}
