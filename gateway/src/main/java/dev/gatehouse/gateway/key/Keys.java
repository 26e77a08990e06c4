package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.audit.AuditLog;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The virtual keys. All are held in memory, so that a call costs no query; this process is the only
 * one that changes them, and each change is in the audit log with it.
 */
public final class Keys {
  private final Database database;
  private final KeyRepository repository;
  private final AuditLog audit;
  private final Accounting accounting;
  private final Owners owners;
  private final InstantSource clock;
  private final RandomGenerator random;
  private volatile KeyRing ring;

  /** What making a key came to. */
  public sealed interface Added {
    /** It was made; this is the only time that its token is known. */
    record Key(VirtualKey key, Secret token) implements Added {}

    /** Another key has, or had, this name. */
    record NameTaken() implements Added {}

    /** There is no such user or team. */
    record NoOwner(Kind kind) implements Added {}
  }

  /** What removing a user or a team came to. */
  public sealed interface Removed {
    /** It is gone, and these keys of it are revoked. */
    record Owner(List<VirtualKey> revoked) implements Removed {
      public Owner {
        revoked = List.copyOf(revoked);
      }
    }

    /** There is none of this name. */
    record NoOwner() implements Removed {}

    /** These keys of it work, and nothing was changed. */
    record HasKeys(List<VirtualKey> keys) implements Removed {
      public HasKeys {
        keys = List.copyOf(keys);
      }
    }
  }

  private Keys(
      Database database,
      AuditLog audit,
      Accounting accounting,
      Owners owners,
      InstantSource clock,
      RandomGenerator random) {
    this.database = database;
    this.repository = new KeyRepository(database);
    this.audit = audit;
    this.accounting = accounting;
    this.owners = owners;
    this.clock = clock;
    this.random = random;
    this.ring = repository.all();
    limit();
  }

  /**
   * Opens the keys in a store, whose tables are brought up to date.
   *
   * @param random cryptographically strong
   */
  public static Keys open(
      Database database,
      AuditLog audit,
      Accounting accounting,
      Owners owners,
      InstantSource clock,
      RandomGenerator random) {
    database.migrate(KeyRepository.OWNER, KeyRepository.MIGRATIONS);
    return new Keys(database, audit, accounting, owners, clock, random);
  }

  private void reload() {
    ring = repository.all();
    limit();
  }

  private void limit() {
    accounting.limit(
        Kind.KEY,
        ring.all().stream().collect(Collectors.toMap(VirtualKey::id, key -> key.terms().limits())));
  }

  /**
   * Whether a call may go on; budgets and rates are asked for afterwards.
   *
   * @param from the client's address, a trusted proxy's word for it included
   * @param model as the client calls it; null: the call is about none
   * @param watch hears why a token was refused
   */
  public Admission admit(
      Secret token, InetAddress from, Endpoint endpoint, @Nullable String model, KeyWatch watch) {
    return ring.admit(token, from, endpoint, model, clock.instant(), watch);
  }

  /** Makes a key and its token. */
  public synchronized Added add(KeyTerms terms, String actor) {
    Added.NoOwner missing = missingOwner(terms);
    if (missing != null) {
      return missing;
    }
    VirtualKey key = new VirtualKey(UUID.randomUUID(), terms, clock.instant(), null);
    Secret token = KeyToken.make(random);
    boolean added =
        database.write(
            handle -> {
              if (!KeyRepository.add(handle, key, TokenHash.of(token))) {
                return false;
              }
              String what = terms.decoy() ? "add-decoy" : "add-key";
              audit.append(handle, key.created(), actor, what, key.name(), described(terms));
              return true;
            });
    if (!added) {
      return new Added.NameTaken();
    }
    reload();
    return new Added.Key(key, token);
  }

  private Added.@Nullable NoOwner missingOwner(KeyTerms terms) {
    if (isMissing(Kind.USER, terms.user())) {
      return new Added.NoOwner(Kind.USER);
    }
    return isMissing(Kind.TEAM, terms.team()) ? new Added.NoOwner(Kind.TEAM) : null;
  }

  private boolean isMissing(Kind kind, @Nullable UUID id) {
    return id != null
        && owners.find(new AccountId(kind, id)).filter(owner -> owner.removed() == null).isEmpty();
  }

  private static String described(KeyTerms terms) {
    IndexClient client = terms.client();
    return (client == null ? "" : "for the client " + client.name() + "; ")
        + LimitText.of(terms.limits());
  }

  /**
   * Gives a key another token, with the same id, limits and spending.
   *
   * @param grace for how long the one before still opens; none: it ends at once
   * @return empty: there is no such key, or it is revoked
   */
  public synchronized Optional<Secret> rotate(String name, Duration grace, String actor) {
    VirtualKey key = ring.named(name).filter(found -> found.revocation() == null).orElse(null);
    if (key == null) {
      return Optional.empty();
    }
    Secret token = KeyToken.make(random);
    Instant now = clock.instant();
    database.useWrite(
        handle -> {
          KeyRepository.rotate(handle, key.id(), TokenHash.of(token), now.plus(grace));
          String detail = grace.isZero() ? "" : "the old token ends at " + now.plus(grace);
          audit.append(handle, now, actor, "rotate-key", name, detail);
        });
    reload();
    return Optional.of(token);
  }

  /**
   * Revokes a key, at once.
   *
   * @return whether there was one of this name that was not revoked yet
   */
  public synchronized boolean revoke(String name, String reason, String actor) {
    List<VirtualKey> usable =
        ring.named(name).filter(key -> key.revocation() == null).stream().toList();
    revoke(usable, reason, actor);
    return !usable.isEmpty();
  }

  /**
   * Revokes all keys of clients of the index, at once and together. Their decoys stay: they open
   * nothing, and whoever uses one now is who the revocation is about.
   *
   * @return the keys that were revoked by this, with what they could be used for
   */
  public synchronized List<VirtualKey> revokeAllOfClients(
      Collection<IndexClient> clients, String reason, String actor) {
    List<VirtualKey> theirs =
        ring.all().stream()
            .filter(key -> key.revocation() == null && !key.terms().decoy())
            .filter(key -> isOfOne(key.terms().client(), clients))
            .sorted(Comparator.comparing(VirtualKey::name))
            .toList();
    revoke(theirs, reason, actor);
    return theirs;
  }

  private static boolean isOfOne(@Nullable IndexClient client, Collection<IndexClient> clients) {
    return client != null && clients.stream().anyMatch(client::is);
  }

  private void revoke(List<VirtualKey> keys, String reason, String actor) {
    if (keys.isEmpty()) {
      return;
    }
    VirtualKey.Revocation revocation = new VirtualKey.Revocation(clock.instant(), actor, reason);
    database.useWrite(handle -> revoke(handle, keys, revocation));
    reload();
  }

  private void revoke(Handle handle, List<VirtualKey> keys, VirtualKey.Revocation revocation) {
    for (VirtualKey key : keys) {
      KeyRepository.revoke(handle, key.id(), revocation);
      audit.append(
          handle, revocation.at(), revocation.by(), "revoke-key", key.name(), revocation.reason());
    }
  }

  /**
   * Removes a user or a team, and revokes its keys together with it where that is wanted; what they
   * used stays under its name. Decoys stay, as with {@link #revokeAllOfClients}.
   *
   * @param revokeKeys else nothing is done while keys of it work
   */
  public synchronized Removed removeOwner(
      Kind kind, String name, boolean revokeKeys, String actor) {
    Owner owner = owners.named(kind, name).orElse(null);
    if (owner == null) {
      return new Removed.NoOwner();
    }
    Instant now = clock.instant();
    List<VirtualKey> theirs =
        all().stream()
            .filter(key -> key.works(now) && key.accounts().contains(owner.id()))
            .toList();
    if (!theirs.isEmpty() && !revokeKeys) {
      return new Removed.HasKeys(theirs);
    }
    String reason = "the %s %s was removed".formatted(kind.text(), name);
    database.useWrite(
        handle -> {
          revoke(handle, theirs, new VirtualKey.Revocation(now, actor, reason));
          owners.remove(handle, owner, now, actor, "revoked keys: " + theirs.size());
        });
    reload();
    owners.reload();
    return new Removed.Owner(theirs);
  }

  /** All keys by name, revoked ones and decoys too. */
  public List<VirtualKey> all() {
    return ring.all().stream().sorted(Comparator.comparing(VirtualKey::name)).toList();
  }

  /** The key of this name. */
  public Optional<VirtualKey> named(String name) {
    return ring.named(name);
  }

  /** The key of this token, whatever has become of it; for administration. */
  public Optional<VirtualKey> of(Secret token) {
    return ring.of(token);
  }
}
