package dev.gatehouse.inspection.archive;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The records of a pax header (POSIX.1-2017 pax, "Extended Header"): {@code "17 path=a/b.c\n"}. */
final class PaxRecords {
  private PaxRecords() {}

  /**
   * Reads all records.
   *
   * @throws BrokenException where the bytes are not records and nothing else, or one that changes
   *     what an entry is stands there twice with different values
   */
  static Map<String, String> parse(byte[] bytes) throws BrokenException {
    Map<String, String> records = new LinkedHashMap<>();
    int at = 0;
    while (at < bytes.length) {
      int blank = at;
      int length = 0;
      while (blank < bytes.length && bytes[blank] >= '0' && bytes[blank] <= '9') {
        length = Math.min(length * 10 + bytes[blank] - '0', 100_000_000);
        blank++;
      }
      if (blank == at || blank >= bytes.length || bytes[blank] != ' ') {
        throw malformed();
      }
      int end = at + length;
      if (end > bytes.length || end <= blank + 1 || bytes[end - 1] != '\n') {
        throw malformed();
      }
      add(records, new String(bytes, blank + 1, end - blank - 2, StandardCharsets.ISO_8859_1));
      at = end;
    }
    return records;
  }

  private static void add(Map<String, String> records, String record) throws BrokenException {
    int equals = record.indexOf('=');
    if (equals <= 0) {
      throw malformed();
    }
    String key = record.substring(0, equals);
    String bytes = record.substring(equals + 1);
    String utf8 = ZipExtra.utf8(bytes);
    String value = utf8 == null ? bytes : utf8;
    String before = records.put(key, value);
    if (before != null && changesEntries(key) && !before.equals(value)) {
      throw BrokenException.ambiguous("has a header that says \"" + key + "\" twice");
    }
  }

  /** Whether a record decides what an entry is named, how long it is, or what it links to. */
  static boolean changesEntries(String key) {
    return key.equals("path")
        || key.equals("linkpath")
        || key.equals("size")
        || key.equals("hdrcharset")
        || isSparse(key);
  }

  static boolean isSparse(String key) {
    return key.startsWith("GNU.sparse.");
  }

  private static BrokenException malformed() {
    return BrokenException.ambiguous("has a pax header with a malformed record");
  }
}
