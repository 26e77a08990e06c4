package dev.gatehouse.inspection.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of an entry's extra field (APPNOTE 4.5) that change what a reader sees: sizes of 64
 * bits, and another name in UTF-8.
 *
 * @param zip64 the numbers of 64 bits; null where there is none
 * @param unicodeName from Info-ZIP's field 0x7075, a character a byte; null where there is none
 */
record ZipExtra(@Nullable ByteBuffer zip64, @Nullable String unicodeName) {
  static final long SATURATED = 0xffffffffL;

  private static final int ZIP64 = 0x0001;
  private static final int UNICODE_PATH = 0x7075;
  private static final ZipExtra NONE = new ZipExtra(null, null);

  /** Reads an extra field; up to three bytes of padding at its end are common. */
  static ZipExtra parse(byte[] extra, String name) throws BrokenException {
    if (extra.length < 4) {
      return NONE;
    }
    ByteBuffer zip64 = null;
    String unicodeName = null;
    ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (fields.remaining() >= 4) {
      int id = Short.toUnsignedInt(fields.getShort());
      int length = Short.toUnsignedInt(fields.getShort());
      if (length > fields.remaining()) {
        throw BrokenException.ambiguous("has an extra field that is longer than it may be");
      }
      ByteBuffer value = fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      fields.position(fields.position() + length);
      if (id == ZIP64) {
        if (zip64 != null) {
          throw BrokenException.ambiguous("says its size of 64 bits twice");
        }
        zip64 = value;
      } else if (id == UNICODE_PATH) {
        if (unicodeName != null) {
          throw BrokenException.ambiguous("has its name in UTF-8 twice");
        }
        unicodeName = unicodeName(value, name);
      }
    }
    return new ZipExtra(zip64, unicodeName);
  }

  /** The name of this field, or the entry's own where the field says it is about another. */
  private static String unicodeName(ByteBuffer value, String name) throws BrokenException {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.ISO_8859_1));
    if (value.remaining() < 5 || value.get(0) != 1) {
      throw BrokenException.ambiguous("has a second name of an unknown form");
    }
    if (Integer.toUnsignedLong(value.getInt(1)) != crc.getValue()) {
      return name;
    }
    byte[] other = new byte[value.remaining() - 5];
    value.get(5, other);
    return latin1(other);
  }

  /** Whether this gives the entry another name than its header does. */
  boolean renames(String name) {
    return unicodeName != null && !unicodeName.equals(name);
  }

  /** Bytes as text of as many characters. */
  static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The text, where the name's bytes are UTF-8; null otherwise. */
  static @Nullable String utf8(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
