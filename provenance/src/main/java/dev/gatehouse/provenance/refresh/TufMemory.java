package dev.gatehouse.provenance.refresh;

import dev.sigstore.json.GsonSupplier;
import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.MetaStore;
import dev.sigstore.tuf.TargetStore;
import dev.sigstore.tuf.model.Root;
import dev.sigstore.tuf.model.SignedTufMeta;
import dev.sigstore.tuf.model.Snapshot;
import dev.sigstore.tuf.model.Timestamp;
import dev.sigstore.tuf.model.TufMeta;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the library believes while it updates. Nothing of it is on disk before all of it holds.
 *
 * <p>Targets are never remembered from the time before: then the library would pass over snapshot
 * and targets where the time stamp is the known one, and with them over their end. That an older
 * one is refused is seen by the snapshot, which names its version.
 */
final class TufMemory implements MetaStore, TargetStore {
  private static final String NAME = "memory";

  private final Map<String, SignedTufMeta<? extends TufMeta>> metadata = new HashMap<>();
  private final Map<String, byte[]> targets = new HashMap<>();

  private TufMemory() {}

  /** Nothing, or what was kept. */
  static TufMemory of(@Nullable KeptTrustRoot kept) throws JsonParseException {
    TufMemory memory = new TufMemory();
    if (kept != null) {
      memory.metadata.put("root", read(kept.root(), Root.class));
      memory.metadata.put("timestamp", read(kept.timestamp(), Timestamp.class));
      memory.metadata.put("snapshot", read(kept.snapshot(), Snapshot.class));
      memory.targets.put(TrustRootUpdate.TARGET, kept.json().bytes());
    }
    return memory;
  }

  private static <T> T read(String json, Class<T> type) throws JsonParseException {
    return GsonSupplier.GSON.get().fromJson(json, type);
  }

  /** A role's metadata, in one line. */
  String text(String role) {
    return GsonSupplier.GSON.get().toJson(metadata.get(role));
  }

  @Override
  public String getIdentifier() {
    return NAME;
  }

  @Override
  public <T extends SignedTufMeta<? extends TufMeta>> Optional<T> readMeta(
      String role, Class<T> type) {
    return Optional.ofNullable(type.cast(metadata.get(role)));
  }

  @Override
  public void writeMeta(String role, SignedTufMeta<? extends TufMeta> meta) {
    metadata.put(role, meta);
  }

  @Override
  public void clearMeta(String role) {
    metadata.remove(role);
  }

  @Override
  public void writeTarget(String name, byte[] bytes) {
    targets.put(name, bytes.clone());
  }

  @Override
  public byte[] readTarget(String name) throws FileNotFoundException {
    byte[] bytes = targets.get(name);
    if (bytes == null) {
      throw new FileNotFoundException(name);
    }
    return bytes.clone();
  }

  @Override
  public InputStream getTargetInputSteam(String name) throws FileNotFoundException {
    return new ByteArrayInputStream(readTarget(name));
  }

  @Override
  public boolean hasTarget(String name) {
    return targets.containsKey(name);
  }
}
