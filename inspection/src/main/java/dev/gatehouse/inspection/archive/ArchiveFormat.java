package dev.gatehouse.inspection.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The archive formats in which Python artifacts and container images come. */
public enum ArchiveFormat {
  /** Wheels, eggs, zip applications, some sdists. */
  ZIP(List.of(".whl", ".egg", ".zip", ".pyz", ".pyzw"), "PK"),
  /** Images, layers and the oldest sdists. */
  TAR(List.of(".tar"), ""),
  /** Nearly all sdists; PEP 527 and PEP 625. */
  TAR_GZ(List.of(".tar.gz", ".tgz"), "\u001f\u008b"),
  /** Sdists from before PEP 527, conda packages. */
  TAR_BZ2(List.of(".tar.bz2", ".tbz2", ".tbz"), "BZh"),
  /** Sdists from before PEP 527. */
  TAR_XZ(List.of(".tar.xz", ".txz"), "\u00fd7zXZ\0"),
  /** Layers of OCI images. */
  TAR_ZSTD(List.of(".tar.zst", ".tzst", ".tar.zstd"), "(\u00b5/\u00fd");

  private static final int TAR_MAGIC_AT = 257;

  @SuppressWarnings("ImmutableEnumChecker") // List.of() is
  private final List<String> suffixes;

  private final String magic;

  ArchiveFormat(List<String> suffixes, String magic) {
    this.suffixes = suffixes;
    this.magic = magic;
  }

  /** The format that the end of a file's name stands for, in either case. */
  public static Optional<ArchiveFormat> find(String filename) {
    String name = filename.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(format -> format.suffixes.stream().anyMatch(name::endsWith))
        .findFirst();
  }

  /**
   * The format that a file's first bytes speak for. A compressed file is taken for a compressed
   * tar.
   *
   * @param head the first 512 bytes, or all where there are fewer
   */
  public static Optional<ArchiveFormat> sniff(byte[] head) {
    if (isTar(head)) {
      return Optional.of(TAR);
    }
    return Stream.of(values())
        .filter(format -> !format.magic.isEmpty() && startsWith(head, format.magic))
        .filter(format -> format != ZIP || isZip(head))
        .findFirst();
  }

  private static boolean isTar(byte[] head) {
    byte[] ustar = "ustar".getBytes(StandardCharsets.US_ASCII);
    return head.length >= TAR_MAGIC_AT + ustar.length
        && Arrays.equals(head, TAR_MAGIC_AT, TAR_MAGIC_AT + ustar.length, ustar, 0, ustar.length);
  }

  /** Begins with an entry, or is the end record of an empty archive. */
  private static boolean isZip(byte[] head) {
    return startsWith(head, "PK\3\4") || startsWith(head, "PK\5\6");
  }

  private static boolean startsWith(byte[] head, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= bytes.length
        && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
  }
}
