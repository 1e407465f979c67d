package org.inclusionmaps.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/**
 * Settings from their four sources; a later one wins: {@code conf/inclusion.yaml}, the user's
 * files, the environment ({@code INCLUSION__SECTION__KEY}) and {@code --set section.key=value}.
 */
public final class SettingsLoader {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final String PREFIX = "INCLUSION__";

  static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .withCoercionConfig(
              LogicalType.Textual,
              c -> {
                c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                c.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                c.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private SettingsLoader() {}

  /**
   * Loads and checks settings.
   *
   * @param files the user's files, in order
   * @param environment the process's environment
   * @param sets {@code section.key=value} of the command line
   * @throws InclusionException {@link ErrorCode#SETTINGS_WRONG} naming the key's path
   */
  public static Settings load(
      List<Path> files, Map<String, String> environment, List<String> sets) {
    ObjectNode tree = defaults();
    for (Path file : files) {
      ObjectNode layer = SettingsFile.read(file);
      expand(layer, environment, file.toString());
      resolvePaths(layer.path("inputs"), file.toAbsolutePath().getParent());
      merge(tree, layer);
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      if (variable.getKey().startsWith(PREFIX)) {
        String path = variable.getKey().substring(PREFIX.length()).replace("__", ".");
        set(tree, path.toLowerCase(Locale.ROOT), variable.getValue(), variable.getKey());
      }
    }
    for (String assignment : sets) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw wrong("--set " + assignment + " is not section.key=value");
      }
      set(tree, assignment.substring(0, equals), assignment.substring(equals + 1), "--set");
    }
    return bind(tree);
  }

  private static Settings bind(ObjectNode tree) {
    try {
      return MAPPER.treeToValue(tree, Settings.class);
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      throw wrong(path(e) + " is not a setting; the settings there are " + known);
    } catch (MismatchedInputException e) {
      throw wrong(
          path(e)
              + " is "
              + valueAt(tree, e)
              + " but must be "
              + kind(e.getTargetType())
              + "; correct it");
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      String message = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
      String at = path(e);
      throw wrong(
          (at.isEmpty() ? "" : at + ".") + (message == null ? e.getOriginalMessage() : message));
    } catch (JsonProcessingException e) {
      throw wrong(e.getOriginalMessage());
    }
  }

  /** The settings as maps, keys in order and no secret in them: for hashes and reports. */
  public static Map<String, Object> describe(Settings settings) {
    Map<String, Object> described =
        MAPPER.convertValue(
            settings,
            MAPPER.getTypeFactory().constructMapType(TreeMap.class, String.class, Object.class));
    described.put("operations", settings.operations().told());
    return described;
  }

  /** The limits of feeds that hold where no settings say otherwise. */
  public static LimitsSettings defaultLimits() {
    return MAPPER.convertValue(defaults().get("limits"), LimitsSettings.class);
  }

  private static ObjectNode defaults() {
    try (InputStream in = SettingsLoader.class.getResourceAsStream("/inclusion.yaml")) {
      if (in == null) {
        throw new IllegalStateException("inclusion.yaml is not in the jar");
      }
      return (ObjectNode) MAPPER.readTree(in);
    } catch (IOException e) {
      throw new InclusionException(ErrorCode.INTERNAL, "the built-in settings do not read", e);
    }
  }

  private static void merge(ObjectNode base, ObjectNode layer) {
    layer
        .properties()
        .forEach(
            entry -> {
              JsonNode old = base.get(entry.getKey());
              if (old instanceof ObjectNode oldObject
                  && entry.getValue() instanceof ObjectNode newObject) {
                merge(oldObject, newObject);
              } else {
                base.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private static void set(ObjectNode tree, String path, String value, String source) {
    String[] keys = path.split("\\.", -1);
    ObjectNode at = tree;
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode next = at.get(keys[i]);
      if (!(next instanceof ObjectNode)) {
        next = at.putObject(keys[i]);
      }
      at = (ObjectNode) next;
    }
    try {
      at.set(keys[keys.length - 1], MAPPER.readTree(value));
    } catch (JsonProcessingException e) {
      throw wrong("%s: the value of %s does not read".formatted(source, path));
    }
  }

  private static void expand(JsonNode node, Map<String, String> environment, String file) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : new ArrayList<>(object.properties())) {
        object.set(entry.getKey(), expanded(entry.getValue(), environment, file));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, expanded(array.get(i), environment, file));
      }
    }
  }

  private static JsonNode expanded(JsonNode node, Map<String, String> environment, String file) {
    if (!node.isTextual()) {
      expand(node, environment, file);
      return node;
    }
    Matcher matcher = VARIABLE.matcher(node.textValue());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        throw wrong(
            "%s needs the environment variable %s, which is not set; export it"
                .formatted(file, matcher.group(1)));
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return TextNode.valueOf(matcher.appendTail(text).toString());
  }

  /** Paths of feeds count from the folder of the file that states them. */
  private static void resolvePaths(JsonNode node, @Nullable Path folder) {
    if (folder == null) {
      return;
    }
    if (node instanceof ObjectNode object) {
      JsonNode path = object.get("path");
      if (path != null && path.isTextual() && !path.textValue().contains(":/")) {
        object.put("path", folder.resolve(path.textValue()).normalize().toString());
      }
    }
    node.forEach(child -> resolvePaths(child, folder));
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String valueAt(ObjectNode tree, JsonMappingException e) {
    JsonNode at = tree;
    for (JsonMappingException.Reference step : e.getPath()) {
      at = step.getFieldName() == null ? at.path(step.getIndex()) : at.path(step.getFieldName());
    }
    return at instanceof MissingNode || at.isNull() ? "missing" : at.toString();
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return "one of " + MAPPER.convertValue(type.getEnumConstants(), List.class);
    }
    return switch (type.getSimpleName()) {
      case "double", "Double" -> "a number";
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "text (in quotes if it looks like a number)";
      case "List" -> "a list";
      default -> "keys with values";
    };
  }

  static InclusionException wrong(String message) {
    return new InclusionException(ErrorCode.SETTINGS_WRONG, message);
  }
}
