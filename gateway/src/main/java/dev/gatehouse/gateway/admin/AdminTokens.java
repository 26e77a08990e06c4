package dev.gatehouse.gateway.admin;

import dev.gatehouse.gateway.key.Names;
import dev.gatehouse.gateway.key.TokenHash;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.PrivateFiles;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who may administer: whoever can read the token file in the data folder may do everything, and
 * revokers, of which each has a token of its own, may revoke. No virtual key is any of these, and
 * nothing that a token can ask for gives it another role (CVE-2026-47101).
 */
public final class AdminTokens {
  private static final String OWNER = "gateway-revokers";
  private static final String PREFIX = "gatehouse_";

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "revokers",
              """
              CREATE TABLE revoker (
                name TEXT NOT NULL PRIMARY KEY,
                token_sha256 TEXT NOT NULL UNIQUE,
                created_at BIGINT NOT NULL
              );
              """));

  private static final Actor ADMINISTRATOR = new Actor("local-administrator", Role.ADMIN);

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final TokenHash administrator;
  private volatile Map<TokenHash, String> revokers = Map.of();

  private AdminTokens(
      Database database,
      AuditLog audit,
      InstantSource clock,
      RandomGenerator random,
      Secret administrator) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.administrator = TokenHash.of(administrator);
    reload();
  }

  /**
   * Opens the tokens in a store, whose table is brought up to date.
   *
   * @param random cryptographically strong
   * @param administratorToken the file that holds the administrator's token; written, readable by
   *     its owner alone, where there is none
   */
  public static AdminTokens open(
      Database database,
      AuditLog audit,
      InstantSource clock,
      RandomGenerator random,
      Path administratorToken)
      throws IOException {
    database.migrate(OWNER, MIGRATIONS);
    return new AdminTokens(database, audit, clock, random, localToken(administratorToken, random));
  }

  private static Secret localToken(Path file, RandomGenerator random) throws IOException {
    if (!Files.exists(file)) {
      Secret token = make(random);
      PrivateFiles.write(file, token.reveal() + "\n");
      return token;
    }
    String text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException(
          "The administrator's token %s is empty. Delete it, and the next start writes another."
              .formatted(file));
    }
    return Secret.of(text);
  }

  private static Secret make(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private void reload() {
    revokers =
        database.read(
            handle -> {
              Map<TokenHash, String> all = new HashMap<>();
              handle
                  .createQuery("SELECT name, token_sha256 FROM revoker")
                  .map(
                      (row, _) ->
                          Map.entry(
                              TokenHash.parse(row.getString("token_sha256")),
                              row.getString("name")))
                  .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
              return Map.copyOf(all);
            });
  }

  /** Whose token it is. */
  public Optional<Actor> authenticate(Secret token) {
    TokenHash hash = TokenHash.of(token);
    return hash.equals(administrator)
        ? Optional.of(ADMINISTRATOR)
        : Optional.ofNullable(revokers.get(hash)).map(name -> new Actor(name, Role.REVOKER));
  }

  /** The revokers, by name. */
  public List<String> revokers() {
    return revokers.values().stream().sorted().toList();
  }

  /**
   * Makes a revoker.
   *
   * @return its token, which is known this once; empty: there is one of this name
   */
  public synchronized Optional<Secret> addRevoker(String name, String actor) {
    if (!Names.isName(name)) {
      throw new IllegalArgumentException(Names.RULE);
    }
    if (revokers.containsValue(name) || name.equals(ADMINISTRATOR.name())) {
      return Optional.empty();
    }
    Secret token = make(random);
    database.useWrite(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO revoker (name, token_sha256, created_at)
                  VALUES (:name, :hash, :created)
                  """)
              .bind("name", name)
              .bind("hash", TokenHash.of(token).hex())
              .bind("created", clock.instant().toEpochMilli())
              .execute();
          audit.append(handle, clock.instant(), actor, "add-revoker", name, "");
        });
    reload();
    return Optional.of(token);
  }

  /**
   * Takes a revoker's token back.
   *
   * @return whether there was one of this name
   */
  public synchronized boolean removeRevoker(String name, String actor) {
    boolean removed =
        database.write(
            handle -> {
              boolean was =
                  handle
                          .createUpdate("DELETE FROM revoker WHERE name = :name")
                          .bind("name", name)
                          .execute()
                      == 1;
              if (was) {
                audit.append(handle, clock.instant(), actor, "remove-revoker", name, "");
              }
              return was;
            });
    reload();
    return removed;
  }
}
