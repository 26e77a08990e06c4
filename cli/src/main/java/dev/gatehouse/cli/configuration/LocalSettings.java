package dev.gatehouse.cli.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/**
 * The little of a server's configuration that a command beside it needs. All else in the file may
 * be wrong, or be meant for another environment, with other variables.
 *
 * @param data the data folder
 * @param caFile certificates that are trusted besides the JDK's; null: none
 */
public record LocalSettings(Path data, @Nullable Path caFile) {
  /**
   * Reads what is there.
   *
   * @param data the data folder that the user named, which comes before the file's
   * @throws ConfigurationException where the file cannot be read, or is missing although the user
   *     named it
   */
  public static LocalSettings read(ConfigurationFile file, @Nullable Path data)
      throws ConfigurationException {
    return read(file, data, Setting.DATA, ConfigurationReader.DATA_FOLDER);
  }

  /** As {@link #read}, for the gateway. */
  public static LocalSettings ofGateway(ConfigurationFile file, @Nullable Path data)
      throws ConfigurationException {
    return read(file, data, Setting.GATEWAY_DATA, GatewayReader.DATA_FOLDER);
  }

  private static LocalSettings read(
      ConfigurationFile file, @Nullable Path data, Setting setting, String usual)
      throws ConfigurationException {
    Optional<String> text = file.text();
    if (text.isEmpty() && file.isNamed()) {
      throw new ConfigurationException(
          List.of(new Problem(file.path(), 0, "there is no such file")));
    }
    TomlTable toml = Toml.parse(text.orElse(""));
    Path folder = FilePaths.folderOf(file.path());
    Path standard = folder.resolve(usual);
    return new LocalSettings(
        data == null ? find(toml, setting).map(folder::resolve).orElse(standard) : data,
        find(toml, Setting.CA_FILE).map(folder::resolve).orElse(null));
  }

  private static Optional<String> find(TomlTable toml, Setting setting) {
    List<String> path = List.of(setting.table().key(), setting.key());
    return toml.get(List.of(setting.table().key())) instanceof TomlTable
            && toml.get(path) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }
}
