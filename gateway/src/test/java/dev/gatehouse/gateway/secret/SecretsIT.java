package dev.gatehouse.gateway.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.StoreException;
import dev.gatehouse.store.audit.AuditEntry;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsIT {
  private static final String CANARY = "sk-canary-0123456789abcdef";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-24T12:00:00Z"));

  @TempDir private Path folder;
  private SqliteDatabase database;
  private AuditLog audit;
  private Path keyFile;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    audit = AuditLog.open(database);
    keyFile = folder.resolve("key-encryption-key");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private FileKey fileKey(boolean inUse) throws SecretException {
    return FileKey.open(keyFile, inUse, new SecureRandom());
  }

  private StoredKeys stored() throws SecretException {
    return StoredKeys.open(database, audit, this::fileKey, CLOCK, new SecureRandom());
  }

  private static String shown(StoredKeys keys, String provider) throws SecretException {
    try (ProviderKey key = keys.get(provider).orElseThrow()) {
      return key.reveal().reveal();
    }
  }

  @Test
  void keepsAKeyThatNobodyReadsInTheDatabaseAndGivesItBack() throws Exception {
    byte[] given = CANARY.getBytes(UTF_8);
    stored().set("openai", given, "ann");

    assertThat(given).as("wiped").containsOnly(0);
    assertThat(shown(stored(), "openai")).isEqualTo(CANARY);
    database.close();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(CANARY));
    }
  }

  @Test
  void printsNothingOfIt() throws Exception {
    stored().set("openai", CANARY.getBytes(UTF_8), "ann");
    try (ProviderKey key = stored().get("openai").orElseThrow()) {
      assertThat(key.toString() + key.reveal()).doesNotContain(CANARY);
    }
    assertThat(audit.entries(0, 10).toString()).doesNotContain(CANARY);
  }

  @Test
  void isOfNoUseOnceWiped() throws Exception {
    stored().set("openai", CANARY.getBytes(UTF_8), "ann");
    ProviderKey key = stored().get("openai").orElseThrow();
    key.close();

    assertThatThrownBy(key::reveal).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE provider_key SET ciphertext = (SELECT ciphertext FROM provider_key"
            + " WHERE provider = 'other'), wrapped_data_key = (SELECT wrapped_data_key"
            + " FROM provider_key WHERE provider = 'other') WHERE provider = 'openai'",
        "UPDATE provider_key SET ciphertext = (SELECT ciphertext FROM provider_key"
            + " WHERE provider = 'other') WHERE provider = 'openai'",
        "UPDATE provider_key SET version = 2 WHERE provider = 'openai'",
        "UPDATE provider_key SET ciphertext = 'AAAA' WHERE provider = 'openai'",
        "UPDATE provider_key SET wrapped_data_key = '?' WHERE provider = 'openai'"
      })
  void refusesARecordThatWasSwappedOrChanged(String sql) throws Exception {
    StoredKeys keys = stored();
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    keys.set("other", "sk-of-the-attacker".getBytes(UTF_8), "ann");
    database.useWrite(handle -> handle.execute(sql));

    assertThatThrownBy(() -> keys.get("openai"))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("what is stored was changed, or belongs elsewhere")
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void usesAFreshDataKeyForEachRecord() throws Exception {
    StoredKeys keys = stored();
    keys.set("a", CANARY.getBytes(UTF_8), "ann");
    keys.set("b", CANARY.getBytes(UTF_8), "ann");

    assertThat(
            database.<Long>read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT count(DISTINCT ciphertext) + count(DISTINCT wrapped_data_key)"
                                + " FROM provider_key")
                        .mapTo(Long.class)
                        .one()))
        .isEqualTo(4);
  }

  @Test
  void makesTheFileKeyForItsOwnerAlone() throws Exception {
    stored();

    assertThat(Files.readString(keyFile)).matches("[0-9a-f]{64}\n");
    assumePosix();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        .isEqualTo("rw-------");
  }

  private void assumePosix() {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  @Test
  void refusesAFileKeyThatOthersCanRead() throws Exception {
    assumePosix();
    stored();
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(this::stored)
        .hasMessageContaining("Others can read")
        .hasMessageContaining("0600");
  }

  @Test
  void makesNoNewFileKeyWhileAnythingIsEncrypted() throws Exception {
    stored().set("openai", CANARY.getBytes(UTF_8), "ann");
    Files.delete(keyFile);

    assertThatThrownBy(this::stored)
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("is missing")
        .hasMessageContaining("Put it back from your backup");
    assertThat(keyFile).doesNotExist();
  }

  @Test
  void saysThatAnotherFileKeyEncrypted() throws Exception {
    stored().set("openai", CANARY.getBytes(UTF_8), "ann");
    Files.delete(keyFile);
    fileKey(false);

    assertThatThrownBy(() -> stored().get("openai"))
        .hasMessageContaining("encrypted with another key-encryption key");
  }

  @Test
  void rotatesTheFileKey() throws Exception {
    StoredKeys keys = stored();
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    String before = Files.readString(keyFile);

    assertThat(keys.rotate("ann")).isEqualTo(1);
    assertThat(Files.readString(keyFile)).isNotEqualTo(before).matches("[0-9a-f]{64}\n");
    assertThat(shown(keys, "openai")).isEqualTo(CANARY);
    assertThat(shown(stored(), "openai")).isEqualTo(CANARY);
    assertThat(audit.entries(0, 10).getLast().action()).isEqualTo("rotate-key-encryption-key");
  }

  /** As where the process died there: what was in memory is lost, and what is on disk stays. */
  @ParameterizedTest
  @EnumSource(BreakingKey.Step.class)
  void canReadEverythingWhereverARotationBrokeOff(BreakingKey.Step step) throws Exception {
    FileKey file = fileKey(false);
    StoredKeys keys =
        StoredKeys.open(
            database, audit, _ -> new BreakingKey(file, step), CLOCK, new SecureRandom());
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    keys.set("other", "sk-other".getBytes(UTF_8), "ann");
    String before = Files.readString(keyFile).strip();
    assertThatThrownBy(() -> keys.rotate("ann")).hasMessageContaining(step.name());
    Files.writeString(keyFile.resolveSibling("key-encryption-key.new"), "0123");

    StoredKeys again = stored();
    assertThat(shown(again, "openai")).isEqualTo(CANARY);
    assertThat(shown(again, "other")).isEqualTo("sk-other");
    again.set("later", "sk-later".getBytes(UTF_8), "ann");
    assertThat(again.rotate("ann")).isEqualTo(3);
    assertThat(Files.readString(keyFile)).matches("[0-9a-f]{64}\n").doesNotContain(before);
    assertThat(shown(stored(), "openai")).isEqualTo(CANARY);
    assertThat(shown(stored(), "other")).isEqualTo("sk-other");
    assertThat(shown(stored(), "later")).isEqualTo("sk-later");
  }

  /** The store breaks off in the middle of its transaction. */
  @Test
  void wrapsAllRecordsAnewOrNone() throws Exception {
    StoredKeys keys = stored();
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    keys.set("other", "sk-other".getBytes(UTF_8), "ann");
    database.useWrite(
        handle ->
            handle.execute(
                "CREATE TRIGGER breaks BEFORE UPDATE ON provider_key WHEN old.provider = 'other'"
                    + " BEGIN SELECT RAISE(ABORT, 'full'); END"));

    assertThatThrownBy(() -> keys.rotate("ann")).isInstanceOf(StoreException.class);
    assertThat(
            database.<Long>read(
                handle ->
                    handle
                        .createQuery("SELECT count(DISTINCT wrapping_key) FROM provider_key")
                        .mapTo(Long.class)
                        .one()))
        .isEqualTo(1);
    assertThat(audit.entries(0, 10))
        .extracting(AuditEntry::action)
        .doesNotContain("rotate-key-encryption-key");
    assertThat(shown(stored(), "openai")).isEqualTo(CANARY);
    assertThat(shown(stored(), "other")).isEqualTo("sk-other");
  }

  @Test
  void namesTheRecordThatKeepsARotationFromItsEnd() throws Exception {
    StoredKeys keys = stored();
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    keys.set("other", "sk-other".getBytes(UTF_8), "ann");
    database.useWrite(
        handle -> handle.execute("UPDATE provider_key SET version = 2 WHERE provider = 'other'"));

    assertThatThrownBy(() -> keys.rotate("ann"))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("the stored key of the provider other");
    assertThat(shown(stored(), "openai")).isEqualTo(CANARY);
  }

  @Test
  void readsARecordThatARotationWrapsAnewMeanwhile() throws Exception {
    FileKey file = fileKey(false);
    InterruptedKey interrupted = new InterruptedKey(file);
    StoredKeys keys = StoredKeys.open(database, audit, _ -> interrupted, CLOCK, new SecureRandom());
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    interrupted.beforeTheNextUnwrapping(() -> keys.rotate("ann"));

    assertThat(shown(keys, "openai")).isEqualTo(CANARY);
    assertThat(audit.entries(0, 10).getLast().action()).isEqualTo("rotate-key-encryption-key");
  }

  @Test
  void notesWhoSetAndDeletedAKey() throws Exception {
    StoredKeys keys = stored();
    keys.set("openai", CANARY.getBytes(UTF_8), "ann");
    assertThat(keys.stored()).containsOnlyKeys("openai");
    assertThat(keys.delete("openai", "bob")).isTrue();
    assertThat(keys.delete("openai", "bob")).isFalse();

    assertThat(keys.get("openai")).isEmpty();
    assertThat(audit.entries(0, 10))
        .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject)
        .containsExactly(
            tuple("ann", "set-provider-key", "openai"),
            tuple("bob", "delete-provider-key", "openai"));
  }

  @Test
  void wrapsWithVaultsTransitEngine() throws Exception {
    try (FakeVault fake = new FakeVault();
        Outbound outbound = new Outbound(OutboundSettings.direct())) {
      VaultTransitKey transit = new VaultTransitKey(vault(fake, outbound), "transit", "gatehouse");
      StoredKeys keys = StoredKeys.open(database, audit, _ -> transit, CLOCK, new SecureRandom());
      keys.set("openai", CANARY.getBytes(UTF_8), "ann");
      assertThat(shown(keys, "openai")).isEqualTo(CANARY);
      database.useWrite(handle -> handle.execute("UPDATE provider_key SET provider = 'other'"));

      assertThatThrownBy(() -> keys.get("other"))
          .hasMessageContaining("answered 400")
          .hasMessageNotContaining("authentication failed");
    }
  }

  @Test
  void wrapsByTheNewestVersionOfVaultsKey() throws Exception {
    try (FakeVault fake = new FakeVault();
        Outbound outbound = new Outbound(OutboundSettings.direct())) {
      VaultTransitKey transit = new VaultTransitKey(vault(fake, outbound), "transit", "gatehouse");
      StoredKeys keys = StoredKeys.open(database, audit, _ -> transit, CLOCK, new SecureRandom());
      keys.set("openai", CANARY.getBytes(UTF_8), "ann");
      fake.rotate();

      assertThat(keys.rotate("ann")).isEqualTo(1);
      assertThat(
              database.<String>read(
                  handle ->
                      handle
                          .createQuery("SELECT wrapped_data_key FROM provider_key")
                          .mapTo(String.class)
                          .one()))
          .startsWith("vault:v2:");
      assertThat(shown(keys, "openai")).isEqualTo(CANARY);
    }
  }

  private static Vault vault(FakeVault fake, Outbound outbound) throws SecretException {
    return VaultSettings.fromEnvironment(
            Map.of("VAULT_ADDR", fake.address() + "/", "VAULT_TOKEN", FakeVault.TOKEN),
            Path.of("."),
            outbound)
        .orElseThrow();
  }

  private ProviderKeys resolver(Map<String, String> environment) throws SecretException {
    return new ProviderKeys(environment, folder, stored(), null);
  }

  private static String resolved(ProviderKeys keys, String reference) throws SecretException {
    try (ProviderKey key = keys.resolve(KeyReference.parse(reference), "openai")) {
      return key.reveal().reveal();
    }
  }

  @Test
  void findsWhatAReferenceNames() throws Exception {
    Files.writeString(folder.resolve("key"), CANARY + "\r\n");
    ProviderKeys keys = resolver(Map.of("KEY", CANARY));

    assertThat(resolved(keys, "env:KEY")).isEqualTo(CANARY);
    assertThat(resolved(keys, "file:key")).isEqualTo(CANARY);
    try (FakeVault fake = new FakeVault();
        Outbound outbound = new Outbound(OutboundSettings.direct())) {
      fake.put(
          "secret/data/team/openai",
          "{\"data\":{\"data\":{\"key\":\"" + CANARY + "\"},\"metadata\":{\"version\":3}}}");
      ProviderKeys withVault = new ProviderKeys(Map.of(), folder, stored(), vault(fake, outbound));

      assertThat(resolved(withVault, "vault:secret/team/openai#key")).isEqualTo(CANARY);
      assertThatThrownBy(() -> resolved(withVault, "vault:secret/team/openai#other"))
          .hasMessageContaining("no such field");
      assertThatThrownBy(() -> resolved(withVault, "vault:secret/none#key"))
          .hasMessageContaining("answered 404");
      fake.failWith(503);
      assertThatThrownBy(() -> resolved(withVault, "vault:secret/team/openai#key"))
          .hasMessageContaining("sealed")
          .hasMessageNotContaining("do not show");
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNothing() throws Exception {
    Files.writeString(folder.resolve("two-lines"), CANARY + "\n" + CANARY);
    ProviderKeys keys = resolver(Map.of("EMPTY", " "));

    for (String reference :
        new String[] {
          "env:MISSING", "env:EMPTY", "file:missing", "file:two-lines", "vault:a/b#c"
        }) {
      assertThatThrownBy(() -> resolved(keys, reference))
          .as(reference)
          .isInstanceOf(SecretException.class)
          .hasMessageNotContaining(CANARY);
    }
    assertThatThrownBy(() -> keys.resolve(new KeyReference.Stored(), "openai"))
        .hasMessageContaining("gatehouse gateway provider set-key openai");
  }

  @Test
  void saysThatVaultIsNotThere() throws IOException, SecretException {
    FakeVault fake = new FakeVault();
    fake.close();
    try (Outbound outbound = new Outbound(OutboundSettings.direct())) {
      Vault vault = vault(fake, outbound);

      assertThatThrownBy(() -> vault.read("secret/openai", "key"))
          .isInstanceOf(SecretException.class)
          .hasMessageContaining("cannot be asked");
    }
  }
}
