package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.ShortType;
import org.inclusionmaps.config.ColumnSettings;
import org.inclusionmaps.contract.Field;

/**
 * One way by which a column gets its value.
 *
 * @param text what the feed has, cleaned; null where it has nothing
 * @param shown what a message shows of it
 * @param value the value under the contract; null where the text is not one
 * @param fault what is wrong whatever the type, such as a text that the settings' map does not
 *     list; null where nothing is
 */
record Branch(Column text, Column shown, Column value, Column fault) {
  private static final Column NO_TEXT = lit(null).cast(DataTypes.StringType);

  /** A way that gives nothing. */
  static Branch nothing(Field field) {
    return new Branch(NO_TEXT, NO_TEXT, lit(null).cast(field.type()), NO_TEXT);
  }

  /** A way from a text, whose numbers have a decimal point. */
  static Branch ofText(Field field, Column raw, ColumnSettings settings) {
    Column text = Texts.prepared(Texts.clean(raw), settings);
    return ofPrepared(field, text, settings, meant(field, text, settings));
  }

  /** A way from a text, whose numbers have a decimal comma. */
  static Branch ofTextWithComma(Field field, Column raw, ColumnSettings settings) {
    Column text = Texts.prepared(Texts.clean(raw), settings);
    Column meant = meant(field, text, settings);
    boolean number = field.type().equals(DataTypes.DoubleType);
    return ofPrepared(field, text, settings, number ? Texts.withoutComma(meant) : meant);
  }

  private static Column meant(Field field, Column text, ColumnSettings settings) {
    return settings.map().isEmpty()
        ? Texts.usual(text, field.name())
        : Texts.mapped(text, settings.map());
  }

  private static Branch ofPrepared(
      Field field, Column text, ColumnSettings settings, Column written) {
    Column fault =
        settings.map().isEmpty()
            ? NO_TEXT
            : when(
                text.isNotNull().and(Texts.mapped(text, settings.map()).isNull()),
                lit("is not in the settings' map"));
    return new Branch(text, text, scaled(Texts.parsed(written, field.type()), settings), fault);
  }

  /** A way from a column that already has the type, or one that goes into it without loss. */
  static Branch ofTyped(Field field, Column raw, ColumnSettings settings) {
    Column text = raw.cast(DataTypes.StringType);
    return new Branch(text, text, scaled(raw.cast(field.type()), settings), NO_TEXT);
  }

  private static Column scaled(Column value, ColumnSettings settings) {
    return settings.scale() == 1 ? value : value.multiply(settings.scale());
  }

  /** The same way, at fault where it gives nothing: a message then shows what was looked for. */
  Branch orFault(String what, Column lookedFor) {
    return new Branch(
        text, coalesce(text, lookedFor), value, when(text.isNull(), lit(what)).otherwise(fault));
  }

  /** This way, or another one where this one's text is absent. */
  Branch or(Branch other) {
    Column here = text.isNotNull();
    return new Branch(
        when(here, text).otherwise(other.text),
        when(here, shown).otherwise(other.shown),
        when(here, value).otherwise(other.value),
        when(here, fault).otherwise(other.fault));
  }

  /** The way's parts as columns of a field's name, to be selected and then read by {@link #of}. */
  Column[] columns(Field field) {
    return new Column[] {
      value.as(field.name()),
      text.as("_text_" + field.name()),
      shown.as("_shown_" + field.name()),
      fault.as("_fault_" + field.name())
    };
  }

  /** The way whose parts were selected as {@link #columns}. */
  static Branch of(Field field) {
    return new Branch(
        col("_text_" + field.name()),
        col("_shown_" + field.name()),
        col(field.name()),
        col("_fault_" + field.name()));
  }

  /** Whether a typed column may stand for a contract's type without loss. */
  static boolean fits(DataType found, DataType wanted) {
    boolean small =
        found instanceof ByteType
            || found instanceof ShortType
            || found.equals(DataTypes.IntegerType);
    boolean whole = small || found.equals(DataTypes.LongType);
    if (found.equals(wanted)) {
      return true;
    }
    if (wanted.equals(DataTypes.DoubleType)) {
      return whole || found.equals(DataTypes.FloatType) || found instanceof DecimalType;
    }
    if (wanted.equals(DataTypes.IntegerType)) {
      return small;
    }
    return whole && (wanted.equals(DataTypes.LongType) || wanted.equals(DataTypes.StringType));
  }
}
