package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.grid.Land;
import org.jspecify.annotations.Nullable;

/**
 * What the contract asks of a column's values.
 *
 * @param kind what the type is called
 * @param rule the bounds or the values allowed, in words
 * @param outline whether only polygons do: a geometry without which a row tells nothing
 * @param spelling how a text must be spelled, where no contract's field can state it
 */
record FieldRule(
    String name,
    String kind,
    boolean optional,
    double min,
    double max,
    List<String> values,
    String rule,
    boolean outline,
    @Nullable Spelling spelling)
    implements Serializable {

  private record Spelling(Pattern pattern, String words) implements Serializable {}

  private static final Map<String, Spelling> SPELLINGS =
      Map.of(
          "age_band",
          new Spelling(Pattern.compile("\\d+-\\d+|\\d+\\+|all"), "written as 15-24, 80+ or all"),
          "currency",
          new Spelling(Pattern.compile("[A-Z]{3}"), "three capital letters"));

  static FieldRule of(Field field) {
    return new FieldRule(
        field.name(),
        Texts.kind(field.type()),
        field.optional(),
        field.min(),
        field.max(),
        field.values(),
        field.rule(),
        field.type().equals(DataTypes.BinaryType) && !field.optional(),
        SPELLINGS.get(field.name()));
  }

  /**
   * What is wrong with what a row tells of the column; null where nothing is. Of an outline the
   * reason tells more than its rule.
   */
  @Nullable Problem problem(Told told) {
    String fault = told.fault();
    if (fault != null) {
      return new Problem(name + " " + fault, name, null, told.shown());
    }
    String broken = broken(told);
    return broken == null
        ? null
        : new Problem(name + " " + broken, name, outline ? null : name, told.shown());
  }

  private @Nullable String broken(Told told) {
    Object value = told.value();
    if (value == null && told.found() != null) {
      return "is not " + kind;
    }
    if (value == null) {
      return optional ? null : "is absent";
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return "is not finite";
    }
    if (value instanceof Number number
        && (number.doubleValue() < min || number.doubleValue() > max)) {
      return "is not " + rule;
    }
    if (outline && value instanceof byte[] wkb && !Land.isPolygon(wkb)) {
      return "is a point, no polygon";
    }
    if (value instanceof String text) {
      if (!values.isEmpty() && !values.contains(text)) {
        return "is not " + rule;
      }
      if (spelling != null && !spelling.pattern().matcher(text).matches()) {
        return "is not " + spelling.words();
      }
    }
    return null;
  }
}
