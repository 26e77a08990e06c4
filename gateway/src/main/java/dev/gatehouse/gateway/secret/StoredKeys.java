package dev.gatehouse.gateway.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.secret.KeyEncryptionKey.Wrapped;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.audit.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import org.jdbi.v3.core.Handle;

/**
 * Provider keys in the database, under envelope encryption: each has a data key of its own, which
 * the key-encryption key wraps. Both ciphertexts are bound to the provider's name and the key's
 * version, so that who can write to the database cannot give a provider the key of another, to be
 * sent to the wrong place.
 */
public final class StoredKeys {
  private static final String OWNER = "gateway-provider-keys";

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "provider keys",
              """
              CREATE TABLE provider_key (
                provider TEXT NOT NULL PRIMARY KEY,
                version BIGINT NOT NULL,
                wrapping_key TEXT NOT NULL,
                wrapped_data_key TEXT NOT NULL,
                ciphertext TEXT NOT NULL,
                set_at BIGINT NOT NULL
              );
              """));

  private final Database database;
  private final AuditLog audit;
  private final KeyEncryptionKey wrapping;
  private final InstantSource clock;
  private final RandomGenerator random;

  private StoredKeys(
      Database database,
      AuditLog audit,
      KeyEncryptionKey wrapping,
      InstantSource clock,
      RandomGenerator random) {
    this.database = database;
    this.audit = audit;
    this.wrapping = wrapping;
    this.clock = clock;
    this.random = random;
  }

  /** Gives the key-encryption key, knowing whether anything is encrypted with one. */
  @FunctionalInterface
  public interface Wrapping {
    KeyEncryptionKey open(boolean inUse) throws SecretException;
  }

  /**
   * Opens the keys in a store, whose table is brought up to date.
   *
   * @param random cryptographically strong
   * @throws SecretException where the key-encryption key cannot be had
   */
  public static StoredKeys open(
      Database database,
      AuditLog audit,
      Wrapping wrapping,
      InstantSource clock,
      RandomGenerator random)
      throws SecretException {
    database.migrate(OWNER, MIGRATIONS);
    boolean inUse =
        database.read(
            handle ->
                handle.createQuery("SELECT count(*) FROM provider_key").mapTo(Long.class).one()
                    > 0);
    return new StoredKeys(database, audit, wrapping.open(inUse), clock, random);
  }

  private record Row(String provider, long version, Wrapped dataKey, String ciphertext) {
    byte[] context() {
      return StoredKeys.context(provider, version);
    }
  }

  /** Names have no line end: no two records have the same context. */
  private static byte[] context(String provider, long version) {
    return ("gatehouse provider key\n" + provider + "\n" + version).getBytes(UTF_8);
  }

  /**
   * Stores a provider's key in place of the one before.
   *
   * @param key wiped when this returns
   */
  public synchronized void set(String provider, byte[] key, String actor) throws SecretException {
    byte[] dataKey = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(dataKey);
    try {
      long version = find(provider).map(row -> row.version() + 1).orElse(1L);
      byte[] context = context(provider, version);
      String ciphertext = base64(AesGcm.encrypt(dataKey, key, context, random));
      Row row = new Row(provider, version, wrapping.wrap(dataKey, context), ciphertext);
      Instant now = clock.instant();
      database.useWrite(
          handle -> {
            put(handle, row, now);
            audit.append(handle, now, actor, "set-provider-key", provider, "version " + version);
          });
    } finally {
      Arrays.fill(dataKey, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Stores a row in place of the provider's one before. */
  private static void put(Handle handle, Row row, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO provider_key (provider, version, wrapping_key, wrapped_data_key, ciphertext,
              set_at)
            VALUES (:provider, :version, :key, :wrapped, :ciphertext, :at)
            ON CONFLICT (provider) DO UPDATE SET version = excluded.version,
              wrapping_key = excluded.wrapping_key, wrapped_data_key = excluded.wrapped_data_key,
              ciphertext = excluded.ciphertext, set_at = excluded.set_at
            """)
        .bind("provider", row.provider())
        .bind("version", row.version())
        .bind("key", row.dataKey().key())
        .bind("wrapped", row.dataKey().text())
        .bind("ciphertext", row.ciphertext())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /**
   * A provider's stored key; empty: none is stored.
   *
   * @throws SecretException where it cannot be decrypted
   */
  public Optional<ProviderKey> get(String provider) throws SecretException {
    Row row = find(provider).orElse(null);
    while (row != null) {
      try {
        return Optional.of(read(row));
      } catch (SecretException e) {
        // A rotation in between forgot the key-encryption key that had wrapped this.
        Row now = find(provider).orElse(null);
        if (row.equals(now)) {
          throw e;
        }
        row = now;
      }
    }
    return Optional.empty();
  }

  private ProviderKey read(Row row) throws SecretException {
    byte[] dataKey = unwrap(row);
    try {
      return ProviderKey.of(
          AesGcm.decrypt(dataKey, Base64.getDecoder().decode(row.ciphertext()), row.context()));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw new SecretException(
          "Could not read the stored key of the provider "
              + row.provider()
              + ": what is stored was changed, or belongs elsewhere. Find out who wrote to the database; then set the key again: gatehouse gateway provider set-key "
              + row.provider(),
          e);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * Forgets a provider's key.
   *
   * @return whether there was one
   */
  public synchronized boolean delete(String provider, String actor) {
    return database.write(
        handle -> {
          boolean deleted =
              handle
                      .createUpdate("DELETE FROM provider_key WHERE provider = :provider")
                      .bind("provider", provider)
                      .execute()
                  == 1;
          if (deleted) {
            audit.append(handle, clock.instant(), actor, "delete-provider-key", provider, "");
          }
          return deleted;
        });
  }

  /** When each stored key was set, by provider. */
  public Map<String, Instant> stored() {
    return database.read(
        handle -> {
          Map<String, Instant> all = new LinkedHashMap<>();
          handle
              .createQuery("SELECT provider, set_at FROM provider_key ORDER BY provider")
              .map(
                  (row, _) ->
                      Map.entry(
                          row.getString("provider"), Instant.ofEpochMilli(row.getLong("set_at"))))
              .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
          return all;
        });
  }

  /**
   * Puts a new key-encryption key in the place of the one before. Wherever this breaks off, every
   * key that a record needs is still there, and this can be called again.
   *
   * @return how many records were wrapped anew
   */
  public synchronized int rotate(String actor) throws SecretException {
    wrapping.beginRotation();
    int count = rewrap(actor);
    wrapping.endRotation();
    return count;
  }

  /** Wraps all data keys anew, all or none, by what wraps now. */
  private int rewrap(String actor) throws SecretException {
    List<Row> rows = all();
    Map<Row, Wrapped> anew = new LinkedHashMap<>();
    for (Row row : rows) {
      byte[] dataKey = unwrap(row);
      try {
        anew.put(row, wrapping.wrap(dataKey, row.context()));
      } finally {
        Arrays.fill(dataKey, (byte) 0);
      }
    }
    database.useWrite(
        handle -> {
          anew.forEach((row, wrapped) -> replace(handle, row, wrapped));
          audit.append(
              handle,
              clock.instant(),
              actor,
              "rotate-key-encryption-key",
              "provider keys",
              rows.size() + " wrapped anew");
        });
    return rows.size();
  }

  private byte[] unwrap(Row row) throws SecretException {
    try {
      return wrapping.unwrap(row.dataKey(), row.context());
    } catch (SecretException e) {
      throw new SecretException(
          "Could not read the stored key of the provider %s: %s"
              .formatted(row.provider(), e.getMessage()),
          e);
    }
  }

  private static void replace(Handle handle, Row row, Wrapped wrapped) {
    handle
        .createUpdate(
            """
            UPDATE provider_key SET wrapping_key = :key, wrapped_data_key = :wrapped
            WHERE provider = :provider
            """)
        .bind("key", wrapped.key())
        .bind("wrapped", wrapped.text())
        .bind("provider", row.provider())
        .execute();
  }

  private List<Row> all() {
    return database.read(
        handle ->
            handle.createQuery("SELECT * FROM provider_key").map((row, _) -> row(row)).list());
  }

  private Optional<Row> find(String provider) {
    return all().stream().filter(row -> row.provider().equals(provider)).findFirst();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("provider"),
        row.getLong("version"),
        new Wrapped(row.getString("wrapping_key"), row.getString("wrapped_data_key")),
        row.getString("ciphertext"));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
