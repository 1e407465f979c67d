package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.ColumnSettings;
import org.inclusionmaps.contract.Field;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a feed's text to a column's value, as {@link ColumnSettings} tells them.
 *
 * @param usual the usual other spellings of the column's values, in lower case
 * @param comma whether numbers have a decimal comma
 */
record TextSteps(
    DataType type,
    List<String> absent,
    int pad,
    Map<String, String> map,
    Map<String, String> usual,
    double scale,
    boolean comma)
    implements Serializable {

  /** The steps of a column whose numbers have a decimal point. */
  static TextSteps of(Field field, ColumnSettings settings) {
    return new TextSteps(
        field.type(),
        settings.absent(),
        settings.pad(),
        settings.map(),
        Vocabulary.values(field.name()),
        settings.scale(),
        false);
  }

  /** The same steps for numbers that have a decimal comma. */
  TextSteps withDecimalComma() {
    return new TextSteps(type, absent, pad, map, usual, scale, type.equals(DataTypes.DoubleType));
  }

  Told told(@Nullable String raw) {
    String text = Texts.clean(raw);
    if (text == null || absent.contains(text)) {
      return Told.NOTHING;
    }
    text = pad == 0 ? text : Texts.padded(text, pad);
    String meant = map.isEmpty() ? spelled(text) : map.get(text);
    if (meant == null) {
      return Told.wrong(text, text, "is not in the settings' map");
    }
    String written = comma ? Texts.withoutComma(meant) : meant;
    return Told.of(text, written == null ? null : scaled(Texts.parsed(written, type), scale));
  }

  /** The contract's spelling of a usual value; other texts stay as they are. */
  private String spelled(String text) {
    return usual.isEmpty() ? text : usual.getOrDefault(text.toLowerCase(Locale.ROOT), text);
  }

  /** A number times a scale, any other value as it is. */
  static @Nullable Object scaled(@Nullable Object value, double scale) {
    return value instanceof Double number ? (Object) (number * scale) : value;
  }
}
