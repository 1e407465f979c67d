package org.inclusionmaps.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** The text of one file of settings, as keys with values. */
final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @throws InclusionException {@link ErrorCode#INPUT_MISSING} if it is not there or does not read,
   *     {@link ErrorCode#SETTINGS_WRONG} with the line if it is not YAML
   */
  static ObjectNode read(Path file) {
    byte[] text = bytes(file);
    try {
      refuseAliases(file, text);
      JsonNode tree = SettingsLoader.MAPPER.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw SettingsLoader.wrong(file + " holds no settings: its top must be keys with values");
    } catch (JsonProcessingException e) {
      throw SettingsLoader.wrong("%s is not YAML at %s".formatted(file, YamlFault.told(e, text)));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "settings file %s does not exist; correct --config".formatted(file));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InclusionException unreadable(Path file, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING, file + " does not read: " + e.getMessage(), e);
  }

  /** Jackson reads an alias as the text of its name: a value that nobody meant. */
  private static void refuseAliases(Path file, byte[] text) throws IOException {
    try (YAMLParser parser = SettingsLoader.MAPPER.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw SettingsLoader.wrong(
              "%s has the alias *%s at line %d; write the value out"
                  .formatted(file, parser.getText(), parser.currentTokenLocation().getLineNr()));
        }
      }
    }
  }
}
