package dev.gatehouse.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditEntry;
import dev.gatehouse.store.audit.AuditLog;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class KeysIT {
  private static final InetAddress HOME = InetAddress.ofLiteral("10.1.2.3");
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("203.0.113.9");

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-03-24T12:00:00Z");
  private SqliteDatabase database;
  private Accounting accounting;
  private AuditLog audit;
  private Owners owners;
  private Keys keys;
  private final List<String> heard = new ArrayList<>();

  private final KeyWatch watch =
      new KeyWatch() {
        @Override
        public void refused(Cause cause, @Nullable VirtualKey key, InetAddress from, Instant at) {
          heard.add(cause + " " + (key == null ? "-" : key.name()) + " " + from.getHostAddress());
        }

        @Override
        public void decoyUsed(VirtualKey decoy, InetAddress from, Endpoint endpoint, Instant at) {
          heard.add("DECOY " + decoy.name() + " " + from.getHostAddress() + " " + at);
        }
      };

  @BeforeEach
  void open() throws IOException {
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    accounting = Accounting.open(database, folder.resolve("usage"), () -> now, System::nanoTime);
    load();
  }

  private void load() {
    audit = AuditLog.open(database);
    owners = Owners.open(database, audit, accounting, () -> now);
    keys = Keys.open(database, audit, accounting, owners, () -> now, new SecureRandom());
  }

  @AfterEach
  void close() throws IOException {
    accounting.close();
    database.close();
  }

  private Secret add(String name, Scope scope, boolean decoy) {
    Keys.Added added =
        keys.add(new KeyTerms(name, null, null, null, scope, Limits.NONE, decoy), "ann");
    assertThat(added).isInstanceOf(Keys.Added.Key.class);
    return ((Keys.Added.Key) added).token();
  }

  private Admission ask(Secret token, InetAddress from, String model) {
    return keys.admit(token, from, Endpoint.CHAT, model, watch);
  }

  private Admission ask(Secret token) {
    return ask(token, HOME, "fast");
  }

  @Test
  void admitsByTokenAlsoAfterARestart() {
    Secret token = add("app", Scope.ALL, false);
    assertThat(ask(token)).isInstanceOf(Admission.Admitted.class);
    load();

    assertThat(ask(token)).isEqualTo(new Admission.Admitted(keys.named("app").orElseThrow()));
    assertThat(heard).isEmpty();
  }

  @Test
  void makesKeysOf256BitsThatDiffer() {
    assertThat(List.of(add("a", Scope.ALL, false).reveal(), add("b", Scope.ALL, false).reveal()))
        .doesNotHaveDuplicates()
        .allSatisfy(token -> assertThat(token).matches("sk-gatehouse-[A-Za-z0-9_-]{43}"));
  }

  /** CVE-2026-35030: tokens that are alike in all but their last character. */
  @Test
  void looksAtTheWholeToken() {
    String token = add("app", Scope.ALL, false).reveal();
    char last = token.charAt(token.length() - 1);
    String alike = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
    assertThat(ask(Secret.of(token))).isInstanceOf(Admission.Admitted.class);

    assertThat(ask(Secret.of(alike))).isEqualTo(new Admission.Unusable());
    assertThat(ask(Secret.of(token.substring(0, 40)))).isEqualTo(new Admission.Unusable());
    assertThat(ask(Secret.of(token + "A"))).isEqualTo(new Admission.Unusable());
    assertThat(ask(Secret.of(""))).isEqualTo(new Admission.Unusable());
  }

  /** Whoever stole it learns nothing; the operator hears what it was. */
  @Test
  void answersUnknownRevokedExpiredForeignAndDecoyAlike() {
    Secret revoked = add("revoked", Scope.ALL, false);
    keys.revoke("revoked", "left", "ann");
    Secret expired =
        add("expired", new Scope(Set.of(), Set.of(), List.of(), now.plusSeconds(1)), false);
    Secret bound =
        add(
            "bound",
            new Scope(Set.of(), Set.of(), List.of(AddressRange.parse("10.0.0.0/8")), null),
            false);
    Secret decoy = add("decoy", Scope.ALL, true);
    assertThat(ask(expired)).isInstanceOf(Admission.Admitted.class);
    assertThat(ask(bound)).isInstanceOf(Admission.Admitted.class);
    now = now.plusSeconds(1);

    assertThat(List.of(Secret.of("sk-gatehouse-nothing"), revoked, expired, bound, decoy))
        .allSatisfy(
            token -> assertThat(ask(token, ELSEWHERE, "x")).isEqualTo(new Admission.Unusable()));
    assertThat(heard)
        .startsWith(
            "UNKNOWN - 203.0.113.9",
            "REVOKED revoked 203.0.113.9",
            "EXPIRED expired 203.0.113.9",
            "ADDRESS bound 203.0.113.9",
            "DECOY decoy 203.0.113.9 2026-03-24T12:00:01Z");
  }

  @Test
  void keepsToModelsAndEndpoints() {
    Secret token =
        add("app", new Scope(Set.of("fast"), Set.of(Endpoint.CHAT), List.of(), null), false);
    VirtualKey key = keys.named("app").orElseThrow();

    assertThat(ask(token)).isEqualTo(new Admission.Admitted(key));
    assertThat(ask(token, HOME, "fast2")).isEqualTo(new Admission.ModelNotAllowed(key, "fast2"));
    assertThat(ask(token, HOME, "FAST")).isEqualTo(new Admission.ModelNotAllowed(key, "FAST"));
    assertThat(keys.admit(token, HOME, Endpoint.RERANK, "fast", watch))
        .isEqualTo(new Admission.EndpointNotAllowed(key, Endpoint.RERANK));
  }

  @Test
  void rotatesAtOnceOrAfterAGrace() {
    Secret first = add("app", Scope.ALL, false);
    Secret second = keys.rotate("app", Duration.ofHours(1), "ann").orElseThrow();
    assertThat(ask(first)).isInstanceOf(Admission.Admitted.class);
    assertThat(ask(second)).isInstanceOf(Admission.Admitted.class);
    now = now.plus(Duration.ofHours(1));
    assertThat(ask(first)).isEqualTo(new Admission.Unusable());
    Secret third = keys.rotate("app", Duration.ZERO, "ann").orElseThrow();

    assertThat(ask(second)).isEqualTo(new Admission.Unusable());
    assertThat(ask(third)).isInstanceOf(Admission.Admitted.class);
    assertThat(keys.rotate("nobody", Duration.ZERO, "ann")).isEmpty();
  }

  @Test
  void revokesAllKeysOfClientsByIdWhateverTheirName() {
    UUID id = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    for (IndexClient client :
        List.of(
            new IndexClient(id, "renamed"),
            new IndexClient(other, "ci"),
            new IndexClient(null, "ci"))) {
      keys.add(
          new KeyTerms(
              "of-" + (client.id() == null ? "none" : client.id()),
              client,
              null,
              null,
              Scope.ALL,
              Limits.NONE,
              false),
          "ann");
    }

    assertThat(keys.revokeAllOfClients(List.of(new IndexClient(id, "ci")), "bad", "index"))
        .extracting(VirtualKey::name)
        .containsExactlyInAnyOrder("of-" + id, "of-none");
    assertThat(keys.named("of-" + other).orElseThrow().revocation()).isNull();
  }

  private Owner owner(Kind kind, String name) {
    return owners.add(kind, name, Limits.NONE, "ann").orElseThrow();
  }

  private Secret add(String name, Owner of, Scope scope, boolean decoy) {
    UUID id = of.id().id();
    boolean user = of.id().kind() == Kind.USER;
    Keys.Added added =
        keys.add(
            new KeyTerms(name, null, user ? id : null, user ? null : id, scope, Limits.NONE, decoy),
            "ann");
    return ((Keys.Added.Key) added).token();
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "KEY", mode = Mode.EXCLUDE)
  void removesAnOwnerThatHasNoKeyThatWorks(Kind kind) {
    Owner gone = owner(kind, "gone");
    Owner other = owner(kind, "other");
    owner(kind == Kind.USER ? Kind.TEAM : Kind.USER, "gone");
    add("of-other", other, Scope.ALL, false);
    add("decoy", gone, Scope.ALL, true);
    add("expired", gone, new Scope(Set.of(), Set.of(), List.of(), now), false);
    add("revoked", gone, Scope.ALL, false);
    keys.revoke("revoked", "left", "ann");

    assertThat(keys.removeOwner(kind, "gone", false, "bob"))
        .isEqualTo(new Keys.Removed.Owner(List.of()));
    assertThat(owners.all(kind)).containsExactly(other);
    assertThat(owners.all(kind == Kind.USER ? Kind.TEAM : Kind.USER)).hasSize(1);
    assertThat(keys.removeOwner(kind, "gone", false, "bob")).isEqualTo(new Keys.Removed.NoOwner());
    assertThat(audit.entries(0, 100))
        .last()
        .extracting(AuditEntry::action, AuditEntry::actor)
        .containsExactly("remove-" + kind.text(), "bob");
  }

  @Test
  void removesNoOwnerWhoseKeysWorkUnlessTheyAreRevokedWithIt() {
    Owner ann = owner(Kind.USER, "ann");
    Secret first = add("first", ann, Scope.ALL, false);
    add("second", ann, Scope.ALL, false);
    Secret trap = add("trap", ann, Scope.ALL, true);
    Secret free = add("free", Scope.ALL, false);

    assertThat(keys.removeOwner(Kind.USER, "ann", false, "bob"))
        .isEqualTo(
            new Keys.Removed.HasKeys(
                List.of(keys.named("first").orElseThrow(), keys.named("second").orElseThrow())));
    assertThat(ask(first)).isInstanceOf(Admission.Admitted.class);
    assertThat(owners.named(Kind.USER, "ann")).hasValue(ann);

    assertThat(keys.removeOwner(Kind.USER, "ann", true, "bob"))
        .isInstanceOfSatisfying(
            Keys.Removed.Owner.class,
            removed ->
                assertThat(removed.revoked())
                    .extracting(VirtualKey::name)
                    .containsExactly("first", "second"));
    assertThat(ask(first)).isEqualTo(new Admission.Unusable());
    assertThat(ask(free)).isInstanceOf(Admission.Admitted.class);
    ask(trap);
    assertThat(heard).last().asString().startsWith("DECOY trap");
    assertThat(keys.named("second").orElseThrow().revocation())
        .isEqualTo(new VirtualKey.Revocation(now, "bob", "the user ann was removed"));
    assertThat(audit.entries(0, 100).subList(5, 8))
        .extracting(AuditEntry::action)
        .containsExactly("revoke-key", "revoke-key", "remove-user");
  }

  @Test
  void remembersARemovedOwnerAlsoAfterARestart() {
    Owner ann = owner(Kind.USER, "ann");
    keys.removeOwner(Kind.USER, "ann", false, "bob");
    for (boolean restarted : new boolean[] {false, true}) {
      if (restarted) {
        load();
      }

      assertThat(owners.named(Kind.USER, "ann")).isEmpty();
      assertThat(owners.everNamed(Kind.USER, "ann").orElseThrow().removed()).isEqualTo(now);
      assertThat(owners.find(ann.id()).orElseThrow().name()).isEqualTo("ann");
      assertThat(owners.add(Kind.USER, "ann", Limits.NONE, "bob")).isEmpty();
      assertThat(
              keys.add(
                  new KeyTerms("app", null, ann.id().id(), null, Scope.ALL, Limits.NONE, false),
                  "bob"))
          .isEqualTo(new Keys.Added.NoOwner(Kind.USER));
    }
  }

  /** Both or neither: a key of a user that is not there would be nobody's. */
  @Test
  void revokesNoKeyWhereTheOwnerCannotBeRemoved() {
    Secret token = add("app", owner(Kind.TEAM, "search"), Scope.ALL, false);
    database.useWrite(
        handle ->
            handle.execute(
                "CREATE TRIGGER refuse BEFORE UPDATE ON key_owner BEGIN SELECT RAISE(ABORT, 'no'); END"));

    assertThatThrownBy(() -> keys.removeOwner(Kind.TEAM, "search", true, "bob"))
        .hasMessageContaining("no");
    load();
    assertThat(ask(token)).isInstanceOf(Admission.Admitted.class);
    assertThat(owners.named(Kind.TEAM, "search")).isPresent();
  }

  @Test
  void keepsTheUsersAndTeamsOfTheVersionBefore() {
    try (SqliteDatabase before = SqliteDatabase.open(folder.resolve("before.db"))) {
      before.migrate(Owners.OWNER, Owners.MIGRATIONS.subList(0, 1));
      before.useWrite(
          handle ->
              handle.execute(
                  "INSERT INTO key_owner (id, kind, name, created_at) VALUES (?, 'USER', 'ann', 7)",
                  new UUID(1, 1).toString()));

      assertThat(Owners.open(before, AuditLog.open(before), accounting, () -> now).all(Kind.USER))
          .containsExactly(
              new Owner(
                  new AccountId(Kind.USER, new UUID(1, 1)),
                  "ann",
                  Limits.NONE,
                  Instant.ofEpochMilli(7),
                  null));
    }
  }

  @Test
  void keepsTheDecoysOfARevokedClient() {
    IndexClient client = new IndexClient(UUID.randomUUID(), "ci");
    Keys.Added added =
        keys.add(new KeyTerms("trap", client, null, null, Scope.ALL, Limits.NONE, true), "ann");
    assertThat(keys.revokeAllOfClients(List.of(client), "bad", "index")).isEmpty();
    ask(((Keys.Added.Key) added).token());
    assertThat(heard).containsExactly("DECOY trap 10.1.2.3 2026-03-24T12:00:00Z");
    keys.revoke("trap", "no longer laid out", "ann");
    ask(((Keys.Added.Key) added).token());

    assertThat(heard).last().isEqualTo("REVOKED trap 10.1.2.3");
  }
}
