package dev.gatehouse.gateway.fake;

import dev.gatehouse.gateway.fake.FakeProvider.Which;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What the scripts of {@code src/test/python} are told of where things are. */
final class SdkSetting {
  private SdkSetting() {}

  private static ObjectNode api(String base, String key, String model, String embedding) {
    return Json.object("base", base, "key", key, "model", model, "embedding", embedding);
  }

  /** The fakes themselves. */
  static String direct(FakeProviders fakes) {
    return setting(
        fakes,
        false,
        fakes.get(Which.OPENAI).uri() + "/v1",
        fakes.get(Which.AZURE).uri().toString(),
        fakes.get(Which.ANTHROPIC).uri().toString(),
        FakeProvider.KEY,
        Json.object());
  }

  /** A gateway before them; {@code narrow}, {@code spent} and {@code limited} are keys of it. */
  static String through(FakeProviders fakes, RunningGateway gateway) {
    String address = gateway.address().toString().replaceFirst("/$", "");
    ObjectNode keys = Json.object();
    for (String key : new String[] {"narrow", "spent", "limited"}) {
      keys.put(key, gateway.token(key));
    }
    return setting(fakes, true, address + "/v1", address, address, gateway.token("full"), keys);
  }

  private static String setting(
      FakeProviders fakes,
      boolean gateway,
      String openai,
      String azure,
      String anthropic,
      String key,
      ObjectNode keys) {
    ObjectNode matrix = Json.object();
    for (Which which : Which.values()) {
      matrix.put(which.name().toLowerCase(Locale.ROOT), RunningGateway.modelOf(which));
    }
    return Json.text(
        Json.object(
            "gateway",
            gateway,
            "openai",
            api(openai, key, RunningGateway.modelOf(Which.OPENAI), "text-embedding-3-small"),
            "azure",
            api(azure, key, RunningGateway.modelOf(Which.AZURE), "embedding-of-azure"),
            "anthropic",
            api(anthropic, key, RunningGateway.modelOf(Which.ANTHROPIC), ""),
            "fakes",
            Json.read(fakes.origins()),
            "matrix",
            matrix,
            "keys",
            keys));
  }
}
