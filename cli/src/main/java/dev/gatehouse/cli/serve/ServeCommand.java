package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.ListenAddress;
import dev.gatehouse.cli.configuration.Overrides;
import dev.gatehouse.cli.configuration.UpstreamAddress;
import dev.gatehouse.cli.outcome.ExitCode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code gatehouse serve}: its options. What it does is {@link Serving}. */
@Command(
    name = "serve",
    description = "Runs the private index until it is stopped.",
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      converter = Listen.class,
      description = "where to listen; port 0 takes any free one (default: 127.0.0.1:8484)")
  private @Nullable InetSocketAddress listen;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "where to keep everything (default: gatehouse-data beside the configuration file)")
  private @Nullable Path data;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      converter = Upstream.class,
      description =
          "take artifacts from here alone, whatever the file says: an https, http or file address"
              + " (default: https://pypi.org/simple/)")
  private @Nullable URI upstream;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the configuration (default: gatehouse.toml beside the data folder, if there is one)")
  private @Nullable Path config;

  /**
   * @param environment where credentials and proxies are looked up
   * @param version this program's
   */
  public ServeCommand(Map<String, String> environment, String version) {
    this.environment = environment;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    Overrides overrides =
        new Overrides(listen, data, upstream == null ? List.of() : List.of(upstream));
    new Serving(
            version,
            ConfigurationFile.of(config, data),
            new ConfigurationReader(overrides, environment),
            environment,
            Objects.requireNonNull(spec).commandLine().getOut())
        .run();
    return ExitCode.DONE.code();
  }

  /** Reads {@code --listen}. */
  static final class Listen implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      try {
        return ListenAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads {@code --upstream}. A relative {@code file:} address starts from the working folder. */
  static final class Upstream implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        return UpstreamAddress.parse(text, Path.of("").toAbsolutePath());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
