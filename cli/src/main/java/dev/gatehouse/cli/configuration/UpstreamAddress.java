package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of an upstream, as a person writes it. */
public final class UpstreamAddress {
  private UpstreamAddress() {}

  /**
   * Reads an https, http or file address. A file address without a leading slash, such as {@code
   * file:wheels}, is taken from {@code folder}. No message repeats a password that stands in the
   * address.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static URI parse(String text, Path folder) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // The parser's own message repeats the whole text.
      throw new IllegalArgumentException(
          "is not an address: " + e.getReason() + " at character " + (e.getIndex() + 1), e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https", "http" -> web(uri);
      case "file" -> file(uri, folder);
      default ->
          throw new IllegalArgumentException(
              "must begin with https:, http: or file:"
                  + (uri.getScheme() == null ? "" : ", not " + quoted(uri.getScheme() + ":")));
    };
  }

  private static URI web(URI uri) {
    if (String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "has a user or password in it (not shown here); take them out and use credentials = \"env:NAME\" or \"file:PATH\"");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("names no host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "must end before the ? or #: pages are found by adding to its path");
    }
    return uri.getRawPath().endsWith("/") ? uri : URI.create(uri + "/");
  }

  private static URI file(URI uri, Path folder) {
    @Nullable String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
    if (path == null || path.isEmpty() || uri.getRawAuthority() != null) {
      throw new IllegalArgumentException(
          "must name a folder, such as \"file:///srv/wheels/\" or \"file:wheels\"");
    }
    Path absolute =
        uri.isOpaque() ? folder.resolve(path) : Path.of(URI.create("file://" + uri.getRawPath()));
    String text = absolute.toAbsolutePath().normalize().toUri().toString();
    // toUri adds the slash only where the folder exists already.
    return URI.create(text.endsWith("/") ? text : text + "/");
  }
}
