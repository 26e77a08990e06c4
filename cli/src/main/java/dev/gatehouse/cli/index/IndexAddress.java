package dev.gatehouse.cli.index;

import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.LocalSettings;
import dev.gatehouse.cli.configuration.LoopbackHost;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.upstream.UpstreamSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * The index that answers, as {@code --index-url} names it: of https, http, or a folder.
 *
 * @param url without user and password
 * @param named whether the user named it; else it is PyPI
 */
public record IndexAddress(URI url, @Nullable Secret credentials, boolean named) {
  private static final URI PYPI = URI.create("https://pypi.org/simple/");

  /**
   * Reads what was named; null: nothing was.
   *
   * @throws CommandFailure where it is no address of an index
   */
  public static IndexAddress of(@Nullable String text) {
    if (text == null) {
      return new IndexAddress(PYPI, null, false);
    }
    try {
      URI uri = new URI(text);
      String user = uri.getRawUserInfo();
      if (user == null || uri.getHost() == null) {
        return checked(new IndexAddress(uri, null, true));
      }
      URI bare =
          new URI(
              uri.getScheme(),
              null,
              uri.getHost(),
              uri.getPort(),
              uri.getPath(),
              uri.getQuery(),
              null);
      Secret secret =
          Secret.of(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
      return checked(new IndexAddress(bare, secret, true));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not use --index-url: it is not the address of a simple index.",
          "Give one such as https://packages.example.com/simple/, or file:///… of a folder.");
    }
  }

  /** The address as pip takes it, with user and password where there are some. */
  public String withCredentials() {
    if (credentials == null) {
      return url.toString();
    }
    String text = credentials.reveal();
    int colon = text.indexOf(':');
    String user = colon < 0 ? escaped(text) : escaped(text.substring(0, colon));
    String password = colon < 0 ? "" : ":" + escaped(text.substring(colon + 1));
    return url.toString()
        .replaceFirst("://", "://" + Matcher.quoteReplacement(user + password) + "@");
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static IndexAddress checked(IndexAddress address) {
    UpstreamSettings settings = address.settings();
    return new IndexAddress(settings.url(), address.credentials, true);
  }

  /** As an upstream is opened by. */
  public UpstreamSettings settings() {
    String host = url.getHost();
    String name = host == null ? "folder" : host;
    return new UpstreamSettings(name, url, credentials, List.of(), List.of());
  }

  /**
   * The way to it.
   *
   * @param config the configuration that was named; null: the default, if it is there
   */
  public Outbound outbound(Map<String, String> environment, @Nullable Path config) {
    // What listens on this machine is not reached through a proxy.
    boolean here = url.getHost() != null && LoopbackHost.matches(url.getHost());
    return new Outbound(outboundSettings(here ? Map.of() : environment, config));
  }

  /**
   * The way to others.
   *
   * @param config the configuration that was named; null: the default, if it is there
   */
  public static OutboundSettings outboundSettings(
      Map<String, String> environment, @Nullable Path config) {
    try {
      ConfigurationFile file = ConfigurationFile.of(config, null);
      return OutboundSettings.of(environment, LocalSettings.read(file, null).caFile());
    } catch (ConfigurationException e) {
      List<String> lines = new ArrayList<>();
      lines.add("Could not ask the index: the configuration is wrong.");
      e.problems().forEach(problem -> lines.add(problem.toString()));
      throw new CommandFailure(ExitCode.WRONG_USE, lines);
    }
  }
}
