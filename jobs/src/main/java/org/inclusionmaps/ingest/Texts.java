package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.ColumnSettings;

/** Texts of a feed to values: null where a text is not what the type asks for. */
final class Texts {
  private static final String NUMBER =
      "^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$|^[+-]?(?i:nan|inf|infinity)$";
  private static final String NUMBER_WITH_COMMA =
      "^[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+)(,\\d*)?([eE][+-]?\\d+)?$";
  private static final String WHOLE = "^[+-]?\\d+(\\.0*)?$";

  private Texts() {}

  /** A column as text, without blanks at its ends; null where nothing is left. */
  static Column clean(Column raw) {
    return nullif(btrim(raw.cast(DataTypes.StringType), lit(" \t\r\n\u00A0")), lit(""));
  }

  /** The steps of the settings that make a text of a text: absent and pad. */
  static Column prepared(Column text, ColumnSettings settings) {
    Column made = text;
    if (!settings.absent().isEmpty()) {
      made = when(made.isin(settings.absent().toArray()), lit(null)).otherwise(made);
    }
    if (settings.pad() > 0) {
      made = when(length(made).lt(settings.pad()), lpad(made, settings.pad(), "0")).otherwise(made);
    }
    return made;
  }

  /** The text that a list says for a text; null where the list is silent. */
  static Column mapped(Column text, Map<String, String> list) {
    return try_element_at(
        map(
            new TreeMap<>(list)
                .entrySet().stream()
                    .flatMap(entry -> Stream.of(lit(entry.getKey()), lit(entry.getValue())))
                    .toArray(Column[]::new)),
        text);
  }

  /** The contract's spelling of a usual value; other texts stay as they are. */
  static Column usual(Column text, String column) {
    Map<String, String> usual = Vocabulary.values(column);
    if (usual.isEmpty()) {
      return text;
    }
    Column spelled = mapped(lower(text), usual);
    return when(spelled.isNotNull(), spelled).otherwise(text);
  }

  /** A number with a decimal comma in the writing of a machine; null where it is none. */
  static Column withoutComma(Column text) {
    return when(
            text.rlike(NUMBER_WITH_COMMA),
            regexp_replace(regexp_replace(text, "\\.", ""), ",", "."))
        .otherwise(lit("not a number"));
  }

  /** A text as a value of a type; null where it is none. */
  static Column parsed(Column text, DataType type) {
    if (type.equals(DataTypes.DoubleType)) {
      return when(text.rlike(NUMBER), text.try_cast(type));
    }
    if (type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType)) {
      return when(text.rlike(WHOLE), regexp_replace(text, "\\..*$", "").try_cast(type));
    }
    return type.equals(DataTypes.BooleanType) ? text.try_cast(type) : text;
  }

  /** What a type is called in messages. */
  static String kind(DataType type) {
    if (type.equals(DataTypes.DoubleType)) {
      return "a number";
    }
    return type.equals(DataTypes.BooleanType) ? "true or false" : "a whole number";
  }
}
