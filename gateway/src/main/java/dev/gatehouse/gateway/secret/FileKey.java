package dev.gatehouse.gateway.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;

/**
 * Key-encryption keys in a file of mode 0600: a line of 64 hex digits each. The first encrypts; the
 * others, which a rotation leaves until it is done, only decrypt.
 */
public final class FileKey implements KeyEncryptionKey {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final RandomGenerator random;
  private List<byte[]> keys;

  private FileKey(Path file, RandomGenerator random, List<byte[]> keys) {
    this.file = file;
    this.random = random;
    this.keys = keys;
  }

  /**
   * Opens the file, or makes it with a new key where nothing was ever encrypted.
   *
   * @param inUse whether anything is encrypted: then a missing file is an error, and never the
   *     occasion for a new key, with which nothing could be read
   * @param random cryptographically strong
   * @throws SecretException where it is missing, others can read it, or it holds no key
   */
  public static FileKey open(Path file, boolean inUse, RandomGenerator random)
      throws SecretException {
    try {
      if (Files.exists(file)) {
        return new FileKey(file, random, read(file));
      }
      if (inUse) {
        throw new SecretException(
            "The key-encryption key %s is missing, and the stored provider keys can only be read with it. Put it back from your backup. If it is lost, write 64 random hex digits to it, with mode 0600, and set every provider's key again: gatehouse gateway provider set-key NAME"
                .formatted(file));
      }
      byte[] key = make(random);
      write(file, List.of(key));
      return new FileKey(file, random, List.of(key));
    } catch (SecretException e) {
      throw e;
    } catch (IOException e) {
      throw new SecretException(
          "Could not read or make the key-encryption key %s: %s".formatted(file, e), e);
    }
  }

  private static byte[] make(RandomGenerator random) {
    byte[] key = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  private static void write(Path file, List<byte[]> keys) throws IOException {
    PrivateFiles.write(
        file,
        keys.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("\n", "", "\n")));
  }

  private static List<byte[]> read(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new SecretException(
          "Others can read the key-encryption key %s. Give it mode 0600; if others may have read it, set every provider's key again."
              .formatted(file));
    }
    List<byte[]> keys = new ArrayList<>();
    for (String line : Files.readString(file, US_ASCII).lines().toList()) {
      if (!line.matches("[0-9a-fA-F]{64}")) {
        throw new SecretException(
            "The key-encryption key %s is not 64 hex digits in a line. Put it back from your backup."
                .formatted(file));
      }
      keys.add(HexFormat.of().parseHex(line));
    }
    if (keys.isEmpty()) {
      throw new SecretException(
          "The key-encryption key %s is empty. Put it back from your backup.".formatted(file));
    }
    return keys;
  }

  @Override
  public synchronized Wrapped wrap(byte[] dataKey, byte[] context) {
    byte[] key = keys.getFirst();
    byte[] text = AesGcm.encrypt(key, dataKey, context, random);
    return new Wrapped(name(key), Base64.getEncoder().encodeToString(text));
  }

  @Override
  public synchronized byte[] unwrap(Wrapped wrapped, byte[] context) throws SecretException {
    for (byte[] key : keys) {
      if (name(key).equals(wrapped.key())) {
        try {
          return AesGcm.decrypt(key, Base64.getDecoder().decode(wrapped.text()), context);
        } catch (AEADBadTagException | IllegalArgumentException e) {
          throw new SecretException("what is stored was changed, or belongs elsewhere", e);
        }
      }
    }
    throw new SecretException(
        "it was encrypted with another key-encryption key (%s) than %s holds"
            .formatted(wrapped.key(), file));
  }

  @Override
  public synchronized void beginRotation() throws SecretException {
    List<byte[]> all = new ArrayList<>(keys);
    all.addFirst(make(random));
    replace(List.copyOf(all));
  }

  @Override
  public synchronized void endRotation() throws SecretException {
    replace(List.of(keys.getFirst()));
  }

  private void replace(List<byte[]> others) throws SecretException {
    try {
      write(file, others);
    } catch (IOException e) {
      throw new SecretException(
          "Could not write the key-encryption key %s: %s".formatted(file, e), e);
    }
    keys = others;
  }

  /** Tells keys apart and says nothing of them. */
  private static String name(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "file:" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
