package dev.gatehouse.index.http;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.exposure.Exposure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/exposure/PROJECT/VERSION}: who received a version, and where it is installed. */
final class ExposureEndpoint implements Endpoint {
  private final Vetting vetting;

  ExposureEndpoint(Vetting vetting) {
    this.vetting = vetting;
  }

  @Override
  public void answer(Exchange exchange) {
    List<String> segments = exchange.segments();
    if (segments.size() != 3) {
      throw Problems.noSuchPlace(exchange.path()).asException();
    }
    ProjectName project = Exchange.project(segments.get(1));
    Version version = JsonApi.version(segments.getLast());
    JsonApi.send(exchange, 200, describe(vetting, project, version));
  }

  static Map<String, Object> describe(Vetting vetting, ProjectName project, Version version) {
    Exposure exposure = vetting.exposure(project, version);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("project", project.normalized());
    members.put("version", version.toString());
    members.put("received", exposure.received().stream().map(ExposureEndpoint::receipt).toList());
    members.put(
        "installed", exposure.installed().stream().map(ExposureEndpoint::installation).toList());
    return members;
  }

  private static Map<String, @Nullable Object> receipt(Exposure.Receipt receipt) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("file", receipt.file());
    members.put("sha256", receipt.sha256().hex());
    members.put("client", receipt.client());
    members.put("client-id", receipt.clientId() == null ? null : receipt.clientId().toString());
    members.put("address", receipt.address());
    members.put("agent", receipt.agent());
    members.put("outcome", receipt.outcome());
    members.put("first", receipt.first().toString());
    members.put("last", receipt.last().toString());
    members.put("times", receipt.times());
    return members;
  }

  private static Map<String, Object> installation(Exposure.Installation installation) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("client", installation.client());
    members.put("host", installation.host());
    members.put("environment", installation.environment());
    members.put("at", installation.at().toString());
    return members;
  }
}
