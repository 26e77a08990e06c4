package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.key.KeyWatch;
import dev.gatehouse.gateway.key.Keys;
import dev.gatehouse.gateway.provider.ProviderClient;
import dev.gatehouse.gateway.routing.Health;
import dev.gatehouse.inbound.Peers;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;

/** What answers on the listener that applications ask. */
public final class InferenceFront {
  /** The first parts of the paths that the metrics tell apart. */
  public static final List<String> SURFACES =
      List.of("v1", "chat", "responses", "messages", "embeddings", "rerank", "openai", "health");

  private InferenceFront() {}

  /**
   * The handler of all paths.
   *
   * @param catalog what can be asked now
   * @param ready whether calls can be answered
   */
  public static Handler handler(
      Keys keys,
      KeyWatch watch,
      Accounting accounting,
      Peers peers,
      Supplier<Catalog> catalog,
      ProviderClient client,
      Health health,
      Pause pause,
      RandomGenerator random,
      BooleanSupplier ready,
      InstantSource clock) {
    Inference inference = new Inference(accounting, health, new Carriers(client), pause, random);
    return new InferenceHandler(keys, watch, peers, catalog, inference, ready, clock);
  }

  /** Says what Jetty refuses before any path is looked at. */
  public static Request.Handler errors() {
    return new MalformedRequests();
  }
}
