package dev.gatehouse.index.client;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table {@code client}. */
final class ClientRepository {
  static final String OWNER = "clients";

  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "clients",
              """
              CREATE TABLE client (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                roles TEXT NOT NULL,
                token_sha256 TEXT NOT NULL UNIQUE,
                created_at BIGINT NOT NULL
              );
              """));

  private final Database database;

  ClientRepository(Database database) {
    this.database = database;
  }

  /** All clients, by the hash of their token. */
  Map<Sha256, Client> all() {
    return database.read(
        handle -> {
          Map<Sha256, Client> clients = new HashMap<>();
          handle
              .createQuery("SELECT id, name, roles, token_sha256, created_at FROM client")
              .map(
                  (row, _) ->
                      Map.entry(
                          Sha256.parse(row.getString("token_sha256")),
                          new Client(
                              UUID.fromString(row.getString("id")),
                              row.getString("name"),
                              roles(row.getString("roles")),
                              Instant.ofEpochMilli(row.getLong("created_at")))))
              .forEach(entry -> clients.put(entry.getKey(), entry.getValue()));
          return clients;
        });
  }

  /**
   * @return whether it was added; not where another has the name
   */
  boolean add(Client client, Sha256 tokenHash) {
    return database.write(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO client (id, name, roles, token_sha256, created_at)
                        VALUES (:id, :name, :roles, :token, :created)
                        ON CONFLICT (name) DO NOTHING
                        """)
                    .bind("id", client.id().toString())
                    .bind("name", client.name())
                    .bind("roles", text(client.roles()))
                    .bind("token", tokenHash.hex())
                    .bind("created", client.created().toEpochMilli())
                    .execute())
        == 1;
  }

  /**
   * @return whether there was one of this name
   */
  boolean remove(String name) {
    return database.write(
            handle ->
                handle
                    .createUpdate("DELETE FROM client WHERE name = :name")
                    .bind("name", name)
                    .execute())
        == 1;
  }

  private static String text(Set<Role> roles) {
    return roles.stream().sorted().map(Role::text).collect(Collectors.joining(","));
  }

  private static Set<Role> roles(String text) {
    return Arrays.stream(text.split(","))
        .map(word -> Role.find(word).orElseThrow())
        .collect(Collectors.toSet());
  }
}
