package dev.gatehouse.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.key.Owners;
import dev.gatehouse.gateway.secret.FileKey;
import dev.gatehouse.gateway.secret.StoredKeys;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway's administration on a folder, without HTTP. */
final class Desk implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-24T12:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  final SqliteDatabase database;
  final AuditLog audit;
  final Accounting accounting;
  final Owners owners;
  final Keys keys;
  final StoredKeys stored;
  final AdminTokens tokens;
  final AdminApi api;
  final List<String> changedProviders = new ArrayList<>();
  private final Secret administrator;
  private boolean ready = true;

  Desk(Path folder) throws IOException {
    InstantSource clock = InstantSource.fixed(NOW);
    SecureRandom random = new SecureRandom();
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    audit = AuditLog.open(database);
    accounting = Accounting.open(database, folder.resolve("usage"), clock, System::nanoTime);
    owners = Owners.open(database, audit, accounting, clock);
    keys = Keys.open(database, audit, accounting, owners, clock, random);
    stored =
        StoredKeys.open(
            database,
            audit,
            inUse -> FileKey.open(folder.resolve("key-encryption-key"), inUse, random),
            clock,
            random);
    tokens = AdminTokens.open(database, audit, clock, random, folder.resolve("admin-token"));
    administrator = Secret.of(Files.readString(folder.resolve("admin-token")).strip());
    api =
        new AdminApi(
            keys, owners, accounting, stored, tokens, audit, catalogue(), clock, () -> ready);
  }

  private Catalogue catalogue() {
    return new Catalogue() {
      @Override
      public Set<String> models() {
        return Set.of("fast", "careful");
      }

      @Override
      public Set<String> providersOf(String model) {
        return switch (model) {
          case "fast" -> Set.of("openai");
          case "careful" -> Set.of("anthropic", "openai");
          default -> Set.of();
        };
      }

      @Override
      public Set<String> providers() {
        return Set.of("openai", "anthropic", "spare");
      }

      @Override
      public List<Deployment> deployments() {
        return List.of(new Deployment("openai/gpt", true), new Deployment("anthropic/c", false));
      }

      @Override
      public void providerKeyChanged(String provider) {
        changedProviders.add(provider);
      }
    };
  }

  void ready(boolean value) {
    ready = value;
  }

  Secret administrator() {
    return administrator;
  }

  /** An answer, read. */
  record Got(int status, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    String string(String member) {
      return json().path(member).asString("");
    }
  }

  Got ask(String method, String pathAndQuery, @Nullable String body) {
    return ask(administrator, method, pathAndQuery, body);
  }

  Got ask(@Nullable Secret token, String method, String pathAndQuery, @Nullable String body) {
    int mark = pathAndQuery.indexOf('?');
    Map<String, String> query = new HashMap<>();
    if (mark >= 0) {
      for (String pair : pathAndQuery.substring(mark + 1).split("&", -1)) {
        query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    AdminAnswer answer =
        api.answer(
            new AdminRequest(
                method,
                mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark),
                query,
                body == null ? new byte[0] : body.replace('\'', '"').getBytes(UTF_8),
                token == null ? null : tokens.authenticate(token).orElse(null)));
    return new Got(answer.status(), new String(answer.body(), UTF_8));
  }

  @Override
  public void close() throws IOException {
    accounting.close();
    database.close();
  }
}
