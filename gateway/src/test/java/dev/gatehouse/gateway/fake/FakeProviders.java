package dev.gatehouse.gateway.fake;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** One of each vendor. */
public final class FakeProviders implements AutoCloseable {
  private final Map<FakeProvider.Which, FakeProvider> all = new EnumMap<>(FakeProvider.Which.class);

  private FakeProviders() {}

  /** Starts them, as {@link FakeProvider#start} does. */
  public static FakeProviders start(boolean behindGateway, boolean bytewise) {
    FakeProviders providers = new FakeProviders();
    for (FakeProvider.Which which : FakeProvider.Which.values()) {
      providers.all.put(which, FakeProvider.start(which, behindGateway, bytewise));
    }
    return providers;
  }

  public FakeProvider get(FakeProvider.Which which) {
    FakeProvider found = all.get(which);
    if (found == null) {
      throw new IllegalArgumentException(which + " was not started");
    }
    return found;
  }

  /** Their origins, by their names in small letters, as JSON. */
  public String origins() {
    ObjectNode origins = Json.object();
    all.forEach(
        (which, provider) ->
            origins.put(
                which.name().toLowerCase(java.util.Locale.ROOT), provider.uri().toString()));
    return Json.text(origins);
  }

  @Override
  public void close() {
    all.values().forEach(FakeProvider::close);
  }

  /** Lets a person try a client against them: prints where they are, ends with its input. */
  public static void main(String[] arguments) throws IOException {
    boolean bytewise = arguments.length > 0 && arguments[0].equals("bytewise");
    try (FakeProviders providers = start(false, bytewise)) {
      System.out.println(providers.origins());
      System.out.flush();
      while (System.in.read() >= 0) {
        // Until whoever started it is done.
      }
    }
  }
}
