package dev.gatehouse.cli.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration is read from: the file that {@code --config} names, or {@code
 * gatehouse.toml} beside the data folder, which need not exist.
 *
 * @param path the file, as messages name it
 * @param isNamed whether the user named it: then it must exist
 */
public record ConfigurationFile(Path path, boolean isNamed) {
  private static final String NAME = "gatehouse.toml";

  /** A thousand rules take some 100 KB. */
  private static final int LARGEST = 4 * 1024 * 1024;

  /**
   * The file that is meant by {@code --config} and {@code --data}, either of which may be missing.
   */
  public static ConfigurationFile of(@Nullable Path config, @Nullable Path data) {
    if (config != null) {
      return new ConfigurationFile(config, true);
    }
    return new ConfigurationFile(data == null ? Path.of(NAME) : data.resolveSibling(NAME), false);
  }

  /**
   * The text of the file; empty where there is none.
   *
   * @throws ConfigurationException where it cannot be read
   */
  public Optional<String> text() throws ConfigurationException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw unreadable("is larger than 4 MiB, which no configuration is");
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw unreadable("is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable("cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads {@code text}, which {@link #text} gave.
   *
   * @throws ConfigurationException where it is wrong, or missing although the user named the file
   */
  public Configuration read(ConfigurationReader reader, Optional<String> text)
      throws ConfigurationException {
    if (isNamed && text.isEmpty()) {
      throw unreadable("there is no such file");
    }
    return reader.read(path, text.orElse(""));
  }

  private ConfigurationException unreadable(String message) {
    return new ConfigurationException(List.of(new Problem(path, 0, message)));
  }
}
