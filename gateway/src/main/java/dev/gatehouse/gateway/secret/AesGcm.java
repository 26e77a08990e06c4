package dev.gatehouse.gateway.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM of the JDK (NIST SP 800-38D): a random nonce of 96 bits, then text and tag. */
final class AesGcm {
  static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private AesGcm() {}

  /** Encrypts, with what has to be the same when it is decrypted. */
  static byte[] encrypt(byte[] key, byte[] plain, byte[] context, RandomGenerator random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] text = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + text.length).put(nonce).put(text).array();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES-GCM", e);
    }
  }

  /**
   * Decrypts.
   *
   * @throws AEADBadTagException where key, text or context are not those of the encryption
   */
  static byte[] decrypt(byte[] key, byte[] nonceAndText, byte[] context)
      throws AEADBadTagException {
    if (nonceAndText.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new AEADBadTagException("it is cut");
    }
    byte[] nonce = Arrays.copyOf(nonceAndText, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
          .doFinal(nonceAndText, NONCE_BYTES, nonceAndText.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
