package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.GatewayReader;
import dev.gatehouse.cli.configuration.ListenAddress;
import dev.gatehouse.cli.outcome.ExitCode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
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

/** {@code gatehouse gateway serve}: its options. What it does is {@link GatewayServing}. */
@Command(
    name = "serve",
    description = "Runs the LLM gateway until it is stopped.",
    sortOptions = false)
final class GatewayServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      converter = Listen.class,
      description = "where applications ask; port 0 takes any free one (default: 127.0.0.1:8585)")
  private @Nullable InetSocketAddress listen;

  @Option(
      names = "--admin-listen",
      paramLabel = "ADDRESS:PORT",
      converter = Listen.class,
      description = "where keys are administered (default: 127.0.0.1:8586)")
  private @Nullable InetSocketAddress adminListen;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "where to keep everything (default: gatehouse-gateway-data beside the configuration file)")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the configuration (default: gatehouse.toml beside the data folder, if there is one)")
  private @Nullable Path config;

  /**
   * @param environment where references and proxies are looked up
   * @param version this program's
   */
  GatewayServeCommand(Map<String, String> environment, String version) {
    this.environment = environment;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    new GatewayServing(
            version,
            ConfigurationFile.of(config, data),
            new GatewayReader(environment, listen, adminListen, data),
            environment,
            Objects.requireNonNull(spec).commandLine().getOut())
        .run();
    return ExitCode.DONE.code();
  }

  /** Reads an address. */
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
}
