package dev.gatehouse.comparison.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What git knows the bytes of a file by: the SHA-1 of {@code blob}, a space, their number, a NUL
 * and the bytes themselves. As good as the bytes only against the accidental: SHA-1 collides
 * (SHAttered, 2017), but who can plant a colliding file in the repository can plant any file there.
 */
public record BlobId(long first, long second, int third) {
  /** Of no bytes at all. */
  public static final BlobId EMPTY = of(new byte[0]);

  /** Of these bytes. */
  public static BlobId of(byte[] content) {
    MessageDigest digest = newDigest(content.length);
    return ofDigest(digest.digest(content));
  }

  /** Begins the digest of so many bytes, which are to follow. */
  public static MessageDigest newDigest(long size) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + size + "\0").getBytes(US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-1", e);
    }
  }

  /** Of a finished digest, 20 bytes. */
  public static BlobId ofDigest(byte[] digest) {
    if (digest.length != 20) {
      throw new IllegalArgumentException("a SHA-1 has 20 bytes, not " + digest.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new BlobId(bytes.getLong(), bytes.getLong(), bytes.getInt());
  }

  /** 20 bytes. */
  byte[] bytes() {
    return ByteBuffer.allocate(20).putLong(first).putLong(second).putInt(third).array();
  }

  /** 40 hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
