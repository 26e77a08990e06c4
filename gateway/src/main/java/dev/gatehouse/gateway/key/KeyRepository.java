package dev.gatehouse.gateway.key;

import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables {@code virtual_key} and {@code virtual_key_token}. Lists are lines of a text. */
final class KeyRepository {
  static final String OWNER = "gateway-keys";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "virtual keys",
              """
              CREATE TABLE virtual_key (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                client_id TEXT,
                client_name TEXT,
                user_id TEXT,
                team_id TEXT,
                models TEXT NOT NULL,
                endpoints TEXT NOT NULL,
                addresses TEXT NOT NULL,
                expires_at BIGINT,
                budget_nano_usd BIGINT,
                budget_period TEXT,
                requests_per_minute BIGINT,
                tokens_per_minute BIGINT,
                concurrent BIGINT,
                decoy INTEGER NOT NULL,
                created_at BIGINT NOT NULL,
                revoked_at BIGINT,
                revoked_by TEXT,
                revoked_reason TEXT
              );
              CREATE TABLE virtual_key_token (
                sha256 TEXT NOT NULL PRIMARY KEY,
                key_id TEXT NOT NULL REFERENCES virtual_key (id),
                dies_at BIGINT
              );
              """));

  private final Database database;

  KeyRepository(Database database) {
    this.database = database;
  }

  KeyRing all() {
    return database.read(
        handle -> {
          List<VirtualKey> keys =
              handle.createQuery("SELECT * FROM virtual_key").map((row, _) -> key(row)).list();
          Map<String, VirtualKey> byId = new HashMap<>();
          keys.forEach(key -> byId.put(key.id().toString(), key));
          Map<TokenHash, KeyRing.Held> held = new HashMap<>();
          handle
              .createQuery("SELECT sha256, key_id, dies_at FROM virtual_key_token")
              .map(
                  (row, _) ->
                      Map.entry(
                          TokenHash.parse(row.getString("sha256")),
                          new KeyRing.Held(
                              Objects.requireNonNull(byId.get(row.getString("key_id"))),
                              instant(row, "dies_at"))))
              .forEach(entry -> held.put(entry.getKey(), entry.getValue()));
          return new KeyRing(keys, held);
        });
  }

  /**
   * @return whether it was added; not where another has, or had, the name
   */
  static boolean add(Handle handle, VirtualKey key, TokenHash token) {
    KeyTerms terms = key.terms();
    IndexClient client = terms.client();
    int added =
        handle
            .createUpdate(
                """
                INSERT INTO virtual_key (id, name, client_id, client_name, user_id, team_id, models,
                  endpoints, addresses, expires_at, budget_nano_usd, budget_period,
                  requests_per_minute, tokens_per_minute, concurrent, decoy, created_at)
                VALUES (:id, :name, :clientId, :clientName, :user, :team, :models, :endpoints,
                  :addresses, :expires, :budget, :period, :requests, :tokens, :concurrent, :decoy,
                  :created)
                ON CONFLICT (name) DO NOTHING
                """)
            .bind("id", key.id().toString())
            .bind("name", terms.name())
            .bind("clientId", client == null ? null : text(client.id()))
            .bind("clientName", client == null ? null : client.name())
            .bind("user", text(terms.user()))
            .bind("team", text(terms.team()))
            .bind("models", lines(terms.scope().models().stream().sorted()))
            .bind("endpoints", lines(terms.scope().endpoints().stream().map(Endpoint::text)))
            .bind("addresses", lines(terms.scope().addresses().stream().map(KeyRepository::text)))
            .bind("expires", millis(terms.scope().expires()))
            .bindMap(LimitColumns.of(terms.limits()))
            .bind("decoy", terms.decoy() ? 1 : 0)
            .bind("created", key.created().toEpochMilli())
            .execute();
    if (added == 1) {
      addToken(handle, key.id(), token);
    }
    return added == 1;
  }

  private static void addToken(Handle handle, UUID key, TokenHash token) {
    handle
        .createUpdate("INSERT INTO virtual_key_token (sha256, key_id) VALUES (:hash, :key)")
        .bind("hash", token.hex())
        .bind("key", key.toString())
        .execute();
  }

  /** Gives a key another token. The ones before end at that time, or sooner where they did. */
  static void rotate(Handle handle, UUID key, TokenHash token, Instant oldOnesDie) {
    handle
        .createUpdate(
            """
            UPDATE virtual_key_token SET dies_at = :dies
            WHERE key_id = :key AND (dies_at IS NULL OR dies_at > :dies)
            """)
        .bind("dies", oldOnesDie.toEpochMilli())
        .bind("key", key.toString())
        .execute();
    addToken(handle, key, token);
  }

  static void revoke(Handle handle, UUID key, VirtualKey.Revocation revocation) {
    handle
        .createUpdate(
            """
            UPDATE virtual_key SET revoked_at = :at, revoked_by = :by, revoked_reason = :reason
            WHERE id = :key AND revoked_at IS NULL
            """)
        .bind("at", revocation.at().toEpochMilli())
        .bind("by", revocation.by())
        .bind("reason", revocation.reason())
        .bind("key", key.toString())
        .execute();
  }

  private static VirtualKey key(ResultSet row) throws SQLException {
    String client = row.getString("client_name");
    Instant revoked = instant(row, "revoked_at");
    Scope scope =
        new Scope(
            lines(row, "models").collect(Collectors.toSet()),
            lines(row, "endpoints")
                .map(word -> Endpoint.find(word).orElseThrow())
                .collect(Collectors.toSet()),
            lines(row, "addresses").map(AddressRange::parse).toList(),
            instant(row, "expires_at"));
    return new VirtualKey(
        UUID.fromString(row.getString("id")),
        new KeyTerms(
            row.getString("name"),
            client == null ? null : new IndexClient(id(row, "client_id"), client),
            id(row, "user_id"),
            id(row, "team_id"),
            scope,
            LimitColumns.read(row),
            row.getInt("decoy") != 0),
        Instant.ofEpochMilli(row.getLong("created_at")),
        revoked == null
            ? null
            : new VirtualKey.Revocation(
                revoked, row.getString("revoked_by"), row.getString("revoked_reason")));
  }

  private static String text(AddressRange range) {
    return range.network().getHostAddress() + "/" + range.prefixLength();
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  private static @Nullable UUID id(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : UUID.fromString(text);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static String lines(Stream<String> texts) {
    return texts.collect(Collectors.joining("\n"));
  }

  private static Stream<String> lines(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text.isEmpty() ? Stream.of() : Arrays.stream(text.split("\n", -1));
  }
}
