package dev.gatehouse.index.client;

import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The clients of this index. All are held in memory, so that a request costs no query; this process
 * is the only one that changes them.
 */
public final class Clients {
  private final ClientRepository repository;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Sha256 administratorToken;
  private final Client administrator;
  private volatile Map<Sha256, Client> byToken;

  /** What making a client came to. */
  public sealed interface Added {
    /** It was made; this is the only time that its token is known. */
    record Client(dev.gatehouse.index.client.Client client, Secret token) implements Added {}

    /** Another client has this name. */
    record NameTaken() implements Added {}
  }

  private Clients(
      ClientRepository repository,
      InstantSource clock,
      RandomGenerator random,
      Secret administratorToken) {
    this.repository = repository;
    this.clock = clock;
    this.random = random;
    this.administratorToken = Token.hash(administratorToken);
    this.administrator =
        new Client(new UUID(0, 0), "local-administrator", Set.of(Role.ADMIN), Instant.EPOCH);
    this.byToken = repository.all();
  }

  /**
   * Opens the clients in a store, whose table is brought up to date.
   *
   * @param random cryptographically strong
   * @param administratorToken the file that holds the local administrator's token; written,
   *     readable by its owner alone, where there is none
   */
  public static Clients open(
      Database database, InstantSource clock, RandomGenerator random, Path administratorToken)
      throws IOException {
    database.migrate(ClientRepository.OWNER, ClientRepository.MIGRATIONS);
    return new Clients(
        new ClientRepository(database), clock, random, localToken(administratorToken, random));
  }

  private static Secret localToken(Path file, RandomGenerator random) throws IOException {
    if (!Files.exists(file)) {
      Secret token = Token.make(random);
      PrivateFiles.write(file, token.reveal() + "\n");
      return token;
    }
    String text = Files.readString(file).strip();
    if (text.isEmpty()) {
      throw new IOException("it is empty; delete it, and the next start writes another");
    }
    return Secret.of(text);
  }

  /** Whose token it is. */
  public Optional<Client> authenticate(Secret token) {
    // What is looked up and compared is a hash of 256 unknown bits: its timing tells nothing of the
    // token.
    Sha256 hash = Token.hash(token);
    return hash.equals(administratorToken)
        ? Optional.of(administrator)
        : Optional.ofNullable(byToken.get(hash));
  }

  /** Makes a client and its token. */
  public synchronized Added add(String name, Set<Role> roles) {
    if (name.equals(administrator.name())) {
      return new Added.NameTaken();
    }
    Client client = new Client(UUID.randomUUID(), name, roles, clock.instant());
    Secret token = Token.make(random);
    if (!repository.add(client, Token.hash(token))) {
      return new Added.NameTaken();
    }
    byToken = repository.all();
    return new Added.Client(client, token);
  }

  /**
   * Takes a client's token back, at once.
   *
   * @return whether there was one of this name
   */
  public synchronized boolean remove(String name) {
    boolean removed = repository.remove(name);
    byToken = repository.all();
    return removed;
  }

  /** All clients by name, without the local administrator. */
  public List<Client> all() {
    return byToken.values().stream().sorted(Comparator.comparing(Client::name)).toList();
  }
}
