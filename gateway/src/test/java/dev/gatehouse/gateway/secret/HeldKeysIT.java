package dev.gatehouse.gateway.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldKeysIT {
  private static final KeyReference FILE = KeyReference.parse("file:key");
  private static final KeyReference STORED = new KeyReference.Stored();

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-03-24T12:00:00Z");
  private SqliteDatabase database;
  private StoredKeys stored;
  private HeldKeys held;

  @BeforeEach
  void open() throws IOException {
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    SecureRandom random = new SecureRandom();
    stored =
        StoredKeys.open(
            database,
            AuditLog.open(database),
            inUse -> FileKey.open(folder.resolve("key-encryption-key"), inUse, random),
            () -> now,
            random);
    held = new HeldKeys(new ProviderKeys(Map.of(), folder, stored, null), () -> now);
    Files.writeString(folder.resolve("key"), "sk-1");
  }

  @AfterEach
  void close() {
    held.close();
    database.close();
  }

  private String get(KeyReference reference) throws SecretException {
    return held.get("openai", reference).reveal();
  }

  @Test
  void readsAFileAgainAfterAMinute() throws IOException {
    assertThat(get(FILE)).isEqualTo("sk-1");
    Files.writeString(folder.resolve("key"), "sk-2");
    now = now.plusSeconds(59);
    assertThat(get(FILE)).isEqualTo("sk-1");
    now = now.plusSeconds(1);

    assertThat(get(FILE)).isEqualTo("sk-2");
  }

  @Test
  void goesOnWithWhatItHasForAQuarterOfAnHour() throws IOException {
    assertThat(get(FILE)).isEqualTo("sk-1");
    Files.delete(folder.resolve("key"));
    now = now.plus(Duration.ofMinutes(15)).minusMillis(1);
    assertThat(get(FILE)).isEqualTo("sk-1");
    now = now.plus(Duration.ofMinutes(1));

    assertThatThrownBy(() -> get(FILE)).isInstanceOf(SecretException.class);
  }

  @Test
  void asksTheStoreOnceUntilTheKeyIsChanged() throws IOException {
    stored.set("openai", "sk-1".getBytes(UTF_8), "ann");
    assertThat(get(STORED)).isEqualTo("sk-1");
    stored.set("openai", "sk-2".getBytes(UTF_8), "ann");
    now = now.plus(Duration.ofDays(1));
    assertThat(get(STORED)).isEqualTo("sk-1");
    held.changed("another");
    assertThat(get(STORED)).isEqualTo("sk-1");
    held.changed("openai");
    assertThat(get(STORED)).isEqualTo("sk-2");
    stored.delete("openai", "ann");
    held.changed("openai");

    assertThatThrownBy(() -> get(STORED)).hasMessageContaining("No key is stored");
  }
}
