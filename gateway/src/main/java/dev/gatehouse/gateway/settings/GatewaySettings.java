package dev.gatehouse.gateway.settings;

import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.inbound.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a start of the gateway needs to know.
 *
 * @param listen where applications ask
 * @param adminListen where keys are administered
 * @param tls null: plain HTTP, on both
 * @param trustedProxies whose word about a client's address is believed
 * @param data its own data folder
 * @param alarmWebhook where the use of a decoy is told; null: in the log and the metrics alone
 * @param keyEncryption what encrypts the stored provider keys
 * @param models what can be asked, besides {@code PROVIDER/MODEL}
 */
public record GatewaySettings(
    InetSocketAddress listen,
    InetSocketAddress adminListen,
    @Nullable TlsFiles tls,
    List<AddressRange> trustedProxies,
    Path data,
    @Nullable KeyReference alarmWebhook,
    KeyEncryption keyEncryption,
    Models models) {
  public GatewaySettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** The same with other models. */
  public GatewaySettings withModels(Models other) {
    return new GatewaySettings(
        listen, adminListen, tls, trustedProxies, data, alarmWebhook, keyEncryption, other);
  }

  /**
   * What may change while the gateway runs.
   *
   * @param aliases other names of models
   * @param retries how often a failed call is tried again, unless its model says otherwise
   * @param allowedFails how many failures within a minute a deployment may have before it is left
   *     alone
   * @param cooldown for how long it is left alone
   * @param defaultFallbacks which models are asked when one without fallbacks fails
   * @param dropUnsupported whether what a provider cannot do is left out of the call instead of
   *     being an error
   * @param allowUnpriced whether a model without a price may be called, at no cost
   * @param largestRequest the most bytes of a request
   */
  public record Models(
      List<ProviderSettings> providers,
      List<ModelSettings> models,
      Map<String, String> aliases,
      int retries,
      int allowedFails,
      Duration cooldown,
      List<String> defaultFallbacks,
      boolean dropUnsupported,
      boolean allowUnpriced,
      int largestRequest) {
    public Models {
      providers = List.copyOf(providers);
      models = List.copyOf(models);
      aliases = Map.copyOf(aliases);
      defaultFallbacks = List.copyOf(defaultFallbacks);
      if (retries < 0 || allowedFails < 0 || largestRequest < 1 || cooldown.isNegative()) {
        throw new IllegalArgumentException("numbers and times are not negative");
      }
    }
  }
}
