package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Credentials;
import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ReadPage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index over https or http. */
final class HttpUpstream implements Upstream {
  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final String HTML = "application/vnd.pypi.simple.v1+html";
  private static final String ACCEPT = JSON + ", " + HTML + ";q=0.2, text/html;q=0.01";
  private static final String PROVENANCE = "application/vnd.pypi.integrity.v1+json";

  /**
   * pip waits 15 s for a page, and must hear of a failure by then. PyPI's largest pages have 10 to
   * 20 MB; 64 MiB are read in a stream and kept as files of a page, no more than 200,000 of them.
   */
  private static final Limits PAGE =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(8), 64L << 20);

  /** Files take as long as they take; the index bounds their size by what the page promises. */
  private static final Limits FILE = new Limits(null, Duration.ofSeconds(20), Long.MAX_VALUE);

  private final String name;
  private final URI url;
  private final Origin origin;
  private final List<String> privateHosts;
  private final @Nullable Credentials credentials;
  private final Outbound outbound;

  HttpUpstream(UpstreamSettings settings, Outbound outbound) {
    this.name = settings.name();
    this.url = withSlash(settings.url());
    this.origin = Origin.of(url);
    this.privateHosts = settings.privateHosts();
    this.credentials = credentials(settings.credentials(), origin);
    this.outbound = outbound;
  }

  private static URI withSlash(URI url) {
    return url.toString().endsWith("/") ? url : URI.create(url + "/");
  }

  private static @Nullable Credentials credentials(@Nullable Secret secret, Origin origin) {
    if (secret == null) {
      return null;
    }
    String text = secret.reveal();
    int colon = text.indexOf(':');
    return colon < 0
        ? Credentials.basic(origin, "__token__", secret)
        : Credentials.basic(origin, text.substring(0, colon), Secret.of(text.substring(colon + 1)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<ProjectName> projects() {
    return List.of();
  }

  @Override
  public boolean datedByOperator() {
    return false;
  }

  @Override
  public PageOutcome page(ProjectName project, @Nullable Validator validator) {
    UpstreamFailures failures =
        new UpstreamFailures("ask the upstream " + name + " for the page of " + project);
    OutboundRequest.Builder request =
        to(url.resolve(project.normalized() + "/"), PAGE).header("Accept", ACCEPT).compressed(true);
    if (validator != null && validator.etag() != null) {
      request.header("If-None-Match", validator.etag());
    }
    if (validator != null && validator.lastModified() != null) {
      request.header("If-Modified-Since", validator.lastModified());
    }
    boolean known = validator != null && !validator.isEmpty();
    try (OutboundResponse response = outbound.send(request.build())) {
      return switch (response.status()) {
        case 200 -> read(response, project, failures);
        case 304 ->
            known
                ? new PageOutcome.NotModified(maxAge(response))
                : new PageOutcome.Unavailable(
                    failures.malformed(
                        "it answers that nothing changed since a page that it never gave"));
        case 404, 410 -> new PageOutcome.Absent();
        default -> new PageOutcome.Unavailable(failures.of(response.status()));
      };
    } catch (OutboundException e) {
      return new PageOutcome.Unavailable(failures.of(e));
    }
  }

  private static PageOutcome read(
      OutboundResponse response, ProjectName project, UpstreamFailures failures) {
    String type = mediaType(response);
    try {
      ReadPage read =
          switch (type) {
            case JSON -> JsonPages.read(response.body(), project, response.uri());
            case HTML, "text/html" -> HtmlPages.read(response.body(), project, response.uri());
            default ->
                throw new MalformedException("its type is " + MalformedException.quoted(type));
          };
      Validator validator =
          new Validator(
              response.header("ETag").orElse(null), response.header("Last-Modified").orElse(null));
      return new PageOutcome.Fresh(read.page(), validator, maxAge(response), read.problems());
    } catch (MalformedException e) {
      return new PageOutcome.Unavailable(
          failures.malformed("it answers with what is no page: " + e.getMessage()));
    } catch (OutboundException e) {
      return new PageOutcome.Unavailable(failures.of(e));
    } catch (IOException e) {
      return new PageOutcome.Unavailable(
          failures.malformed("its page cannot be read: " + e.getMessage()));
    }
  }

  private static String mediaType(OutboundResponse response) {
    String type = response.header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** RFC 9111, section 5.2.2, of which only these matter to a cache that always may ask again. */
  private static @Nullable Duration maxAge(OutboundResponse response) {
    for (String directive : response.header("Cache-Control").orElse("").split(",", -1)) {
      String text = directive.strip().toLowerCase(Locale.ROOT);
      if (text.equals("no-cache") || text.equals("no-store")) {
        return Duration.ZERO;
      }
      if (text.startsWith("max-age=")) {
        return seconds(text.substring("max-age=".length())).orElse(null);
      }
    }
    return null;
  }

  private static Optional<Duration> seconds(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
  }

  @Override
  public FileOutcome artifact(PageFile file) {
    return fetch(file.url(), "*/*", "fetch " + file.name().filename());
  }

  @Override
  public FileOutcome metadata(PageFile file) {
    URI address = URI.create(withoutQuery(file.url()) + ".metadata");
    return fetch(address, "*/*", "fetch the metadata of " + file.name().filename());
  }

  private static String withoutQuery(URI uri) {
    String text = uri.toString();
    int question = text.indexOf('?');
    return question < 0 ? text : text.substring(0, question);
  }

  @Override
  public FileOutcome provenance(PageFile file) {
    URI address = Objects.requireNonNull(file.provenance(), "the page offers a provenance object");
    return fetch(address, PROVENANCE, "fetch the provenance of " + file.name().filename());
  }

  private FileOutcome fetch(URI address, String accept, String tried) {
    UpstreamFailures failures = new UpstreamFailures(tried + " from the upstream " + name);
    if (!isHttp(address)) {
      return new FileOutcome.Unavailable(
          failures.malformed("its page lists it at what is no http or https address"));
    }
    OutboundResponse response = null;
    try {
      response = outbound.send(to(address, FILE).header("Accept", accept).build());
      if (response.status() == 200) {
        Long length = response.length().isPresent() ? response.length().getAsLong() : null;
        FileOutcome content = new FileOutcome.Content(new UpstreamBody(response, failures), length);
        response = null;
        return content;
      }
      return response.status() == 404 || response.status() == 410
          ? new FileOutcome.Absent()
          : new FileOutcome.Unavailable(failures.of(response.status()));
    } catch (OutboundException e) {
      return new FileOutcome.Unavailable(failures.of(e));
    } finally {
      if (response != null) {
        response.close();
      }
    }
  }

  private static boolean isHttp(URI address) {
    try {
      Origin.of(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private OutboundRequest.Builder to(URI address, Limits limits) {
    return OutboundRequest.get(address)
        .credentials(credentials)
        .named(origin)
        .namedHosts(new HashSet<>(privateHosts))
        .limits(limits);
  }
}
