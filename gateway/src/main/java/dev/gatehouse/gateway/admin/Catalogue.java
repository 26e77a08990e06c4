package dev.gatehouse.gateway.admin;

import java.util.List;
import java.util.Set;

/** What administration has to know of the models and providers that are configured. */
public interface Catalogue {
  /** What can be asked for, by name. */
  Set<String> models();

  /** Which providers' keys a call for that name may use, fallbacks included; empty: nothing. */
  Set<String> providersOf(String model);

  /** The providers' names. */
  Set<String> providers();

  /** Each deployment, and whether calls go to it. */
  List<Deployment> deployments();

  /**
   * A model at a provider.
   *
   * @param id {@code PROVIDER/MODEL}
   * @param healthy whether calls go to it; not while it is left alone after failures
   */
  record Deployment(String id, boolean healthy) {}

  /** Is told that a provider's stored key is another one, or gone. */
  void providerKeyChanged(String provider);
}
