package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Credentials;
import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index over https or http. Its files may lie on other hosts, as PyPI's do; those get no
 * credentials, and must lie at public addresses unless the operator named them.
 */
final class HttpUpstream implements Upstream {
  private static final String PROVENANCE = "application/vnd.pypi.integrity.v1+json";
  private static final String TOKEN_USER = "__token__";

  private final String name;
  private final URI index;
  private final Origin origin;
  private final @Nullable Credentials credentials;
  private final Set<String> privateHosts;
  private final Outbound outbound;
  private final HttpLimits limits;

  HttpUpstream(UpstreamSettings settings, Outbound outbound, HttpLimits limits) {
    this.name = settings.name();
    this.index = settings.url();
    this.origin = Origin.of(index);
    this.credentials = credentials(origin, settings.credentials());
    this.privateHosts = Set.copyOf(settings.privateHosts());
    this.outbound = outbound;
    this.limits = limits;
  }

  private static @Nullable Credentials credentials(Origin origin, @Nullable Secret secret) {
    if (secret == null) {
      return null;
    }
    String text = secret.reveal();
    int colon = text.indexOf(':');
    return colon < 0
        ? Credentials.basic(origin, TOKEN_USER, secret)
        : Credentials.basic(origin, text.substring(0, colon), Secret.of(text.substring(colon + 1)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PageOutcome page(ProjectName project, @Nullable Validator validator) {
    Attempt attempt = attempt("the page of " + project);
    try (OutboundResponse response = outbound.send(pageRequest(project, validator))) {
      boolean conditional = validator != null && !validator.isEmpty();
      return new PageAnswer(response, project, attempt).outcome(conditional);
    } catch (OutboundException e) {
      return new PageOutcome.Unavailable(attempt.failed(e));
    }
  }

  private OutboundRequest pageRequest(ProjectName project, @Nullable Validator validator) {
    OutboundRequest.Builder request =
        request(index.resolve(project.normalized() + "/"), limits.page())
            .header("Accept", PageAnswer.ACCEPT)
            .compressed(true);
    if (validator != null && validator.etag() != null) {
      request.header("If-None-Match", validator.etag());
    }
    if (validator != null && validator.lastModified() != null) {
      request.header("If-Modified-Since", validator.lastModified());
    }
    return request.build();
  }

  @Override
  public FileOutcome artifact(PageFile file) {
    return fetch(
        request(file.url(), limits.artifact()), file.url(), attempt(file.name().filename()));
  }

  @Override
  public FileOutcome metadata(PageFile file) {
    URI address = metadataOf(file.url());
    return fetch(
        request(address, limits.beside()).compressed(true),
        address,
        attempt("the metadata of " + file.name()));
  }

  /** The suffix belongs to the path (PEP 658); a signature may follow it. */
  private static URI metadataOf(URI artifact) {
    String text = artifact.toString();
    int query = text.indexOf('?');
    int pathEnd = query < 0 ? text.length() : query;
    return URI.create(text.substring(0, pathEnd) + ".metadata" + text.substring(pathEnd));
  }

  @Override
  public FileOutcome provenance(PageFile file) {
    URI address = file.provenance();
    if (address == null) {
      return new FileOutcome.Absent();
    }
    return fetch(
        request(address, limits.beside()).header("Accept", PROVENANCE).compressed(true),
        address,
        attempt("the provenance of " + file.name()));
  }

  /** An index over HTTP is not asked for its list: PyPI's has 45 MB. */
  @Override
  public List<ProjectName> projects() {
    return List.of();
  }

  @Override
  public boolean datedByOperator() {
    return false;
  }

  private Attempt attempt(String what) {
    return new Attempt("ask the upstream %s for %s".formatted(name, what));
  }

  private OutboundRequest.Builder request(URI address, Limits limit) {
    return OutboundRequest.get(address)
        .credentials(credentials)
        .named(origin)
        .namedHosts(privateHosts)
        .limits(limit);
  }

  private FileOutcome fetch(OutboundRequest.Builder request, URI address, Attempt attempt) {
    UpstreamFailure refusal = refusal(address, attempt);
    if (refusal != null) {
      return new FileOutcome.Unavailable(refusal);
    }
    try {
      return outcome(outbound.send(request.build()), attempt);
    } catch (OutboundException e) {
      return new FileOutcome.Unavailable(attempt.failed(e));
    }
  }

  /** Pages may come from our own store, so what their reader refuses is refused here again. */
  private @Nullable UpstreamFailure refusal(URI address, Attempt attempt) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    if (address.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      return attempt.failed(
          Code.ADDRESS,
          "its address is neither https nor http",
          "Ask for the page again; if it stays so, look at what the upstream lists.");
    }
    if (scheme.equals("http") && origin.scheme().equals("https")) {
      return attempt.failed(
          Code.REDIRECT,
          "the page came by https and points to http",
          "Let the upstream name https addresses; behind a proxy it must be told its own.");
    }
    return null;
  }

  private static FileOutcome outcome(OutboundResponse response, Attempt attempt) {
    return switch (response.status()) {
      case 200 -> content(response, attempt);
      case 404, 410 -> {
        response.close();
        yield new FileOutcome.Absent();
      }
      default -> {
        response.close();
        yield new FileOutcome.Unavailable(attempt.failed(response.status()));
      }
    };
  }

  private static FileOutcome content(OutboundResponse response, Attempt attempt) {
    OptionalLong declared = response.length();
    Long length = declared.isPresent() ? declared.getAsLong() : null;
    return new FileOutcome.Content(
        new DeliveredStream(response.body(), length, attempt, response::close), length);
  }
}
