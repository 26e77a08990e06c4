package dev.gatehouse.index.http;

import dev.gatehouse.inbound.Peers;
import dev.gatehouse.index.client.Clients;
import dev.gatehouse.index.gate.Attestations;
import dev.gatehouse.index.gate.Vetter;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.index.settings.PolicyReading;
import dev.gatehouse.vetting.Vetting;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.PathMappingsHandler;

/** Which endpoint answers which path, by which methods, to whom. */
public final class Routes {
  /** The first parts of the paths, as the metrics name them. */
  public static final List<String> SURFACES =
      List.of("simple", "files", "integrity", "pypi", "snapshot", "health", "api");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private Routes() {}

  /** The handler of all paths. */
  public static Handler handler(
      IndexSettings settings,
      Clients clients,
      Listings listings,
      ArtifactMirror artifacts,
      Vetter vetter,
      Attestations attestations,
      Vetting vetting,
      PolicyReading policies,
      String version,
      InstantSource clock,
      PrometheusMeterRegistry metrics,
      BooleanSupplier ready) {
    Peers peers = new Peers(settings.trustedProxies());
    Callers callers = new Callers(peers, clients);
    PathMappingsHandler paths = new PathMappingsHandler();
    Mapping map =
        (path, methods, access, endpoint) ->
            paths.addMapping(
                new ServletPathSpec(path),
                new EndpointHandler(methods, access, peers, callers, settings, endpoint));
    ListingService all = new ListingService(listings);
    Transfer transfer = new Transfer();
    map.add("/simple/*", READING, Access.READ, new SimpleEndpoint(all));
    map.add(
        "/files/*",
        READING,
        Access.READ,
        new FileEndpoint(all, artifacts, vetter, vetting, clock, transfer));
    map.add(
        "/integrity/*",
        READING,
        Access.READ,
        new ProvenanceEndpoint(all, artifacts, attestations, transfer));
    map.add("/pypi/*", READING, Access.READ, new PypiJsonEndpoint(all, artifacts));
    map.add(
        "/snapshot/*",
        READING,
        Access.READ,
        new SnapshotEndpoint(listings, artifacts, vetter, attestations, vetting, clock, transfer));
    map.add("/metrics", READING, Access.READ, new MetricsEndpoint(metrics));
    map.add("/health/*", READING, Access.OPEN, new HealthEndpoint(ready));
    map.add(
        "/api/clients/*",
        Set.of("GET", "HEAD", "POST", "DELETE"),
        Access.ADMINISTER,
        new ClientsEndpoint(clients));
    VettingEndpoint verdicts = new VettingEndpoint(listings, vetter, vetting, clock);
    map.add("/api/why/*", READING, Access.APPROVE, verdicts);
    map.add("/api/vet", Set.of("POST"), Access.APPROVE, verdicts);
    map.add("/api/decisions/*", Set.of("POST"), Access.APPROVE, verdicts);
    map.add(
        "/api/approvals/*",
        Set.of("POST"),
        Access.APPROVE,
        new ApprovalsEndpoint(listings, vetting, clock));
    map.add("/api/exposure/*", READING, Access.APPROVE, new ExposureEndpoint(vetting));
    map.add(
        "/api/inventory",
        Set.of("POST"),
        Access.TELL,
        new InventoryEndpoint(vetting.installations(), clock));
    map.add("/api/advisories", READING, Access.APPROVE, new AdvisoriesEndpoint(vetting));
    map.add("/api/audit-log", READING, Access.APPROVE, new AuditLogEndpoint(vetting.log()));
    map.add("/api/status", READING, Access.APPROVE, new StatusEndpoint(vetting, version, clock));
    map.add(
        "/api/policy-test",
        Set.of("POST"),
        Access.APPROVE,
        new PolicyTestEndpoint(listings, vetting, policies, clock));
    SnapshotsEndpoint snapshots = new SnapshotsEndpoint(listings, vetting);
    map.add("/api/snapshots/*", Set.of("GET", "HEAD", "POST", "DELETE"), Access.APPROVE, snapshots);
    map.add("/api/snapshot-in-use", Set.of("POST"), Access.APPROVE, snapshots);
    map.add("/api/openapi.json", READING, Access.ADMINISTER, new OpenApiEndpoint());
    map.add("/*", READING, Access.READ, new WelcomeEndpoint());
    return paths;
  }

  @FunctionalInterface
  private interface Mapping {
    void add(String path, Set<String> methods, Access access, Endpoint endpoint);
  }
}
