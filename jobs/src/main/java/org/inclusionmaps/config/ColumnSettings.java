package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one column of a contract table comes from. In the settings a bare text means {@code from}.
 * The steps are taken in this order: absent, pad, map, scale, otherwise.
 *
 * @param from column of the feed; one of from, value and lookup is given
 * @param value the same text in each row
 * @param lookup a value found in another file
 * @param absent texts that mean that there is no value, as {@code NA}; the empty text always does
 * @param pad length that a text is filled to with zeros at its left, 0 to 64; 0 leaves it alone
 * @param map the feed's text to the contract's text; a text that is not listed is refused; empty
 *     where the texts stay
 * @param scale what a number is multiplied by
 * @param otherwise where the value comes from if there is none
 */
public record ColumnSettings(
    @Nullable String from,
    @Nullable String value,
    @Nullable LookupSettings lookup,
    List<String> absent,
    int pad,
    Map<String, String> map,
    double scale,
    @Nullable ColumnSettings otherwise) {

  public ColumnSettings {
    absent = List.copyOf(absent);
    map = Map.copyOf(map);
    Checks.that(
        Stream.of(from, value, lookup).filter(source -> source != null).count() == 1,
        "a column needs exactly one of from, value and lookup");
    Checks.that(from == null || !from.isBlank(), "from is empty");
    Checks.that(pad >= 0 && pad <= 64, "pad is " + pad + ": it must be 0 to 64");
    Checks.that(
        Double.isFinite(scale) && scale != 0,
        "scale is " + scale + ": it must be a finite number other than 0");
  }

  @JsonCreator
  static ColumnSettings of(
      @JsonProperty("from") @Nullable String from,
      @JsonProperty("value") @Nullable String value,
      @JsonProperty("lookup") @Nullable LookupSettings lookup,
      @JsonProperty("absent") @Nullable List<String> absent,
      @JsonProperty("pad") @Nullable Integer pad,
      @JsonProperty("map") @Nullable Map<String, String> map,
      @JsonProperty("scale") @Nullable Double scale,
      @JsonProperty("otherwise") @Nullable ColumnSettings otherwise) {
    return new ColumnSettings(
        from,
        value,
        lookup,
        absent == null ? List.of() : absent,
        pad == null ? 0 : pad,
        map == null ? Map.of() : map,
        scale == null ? 1 : scale,
        otherwise);
  }

  /** The column of the feed of this name, as it stands. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ColumnSettings from(String column) {
    return of(column, null, null, null, null, null, null, null);
  }

  /** The same text in each row. */
  public static ColumnSettings constant(String value) {
    return of(null, value, null, null, null, null, null, null);
  }

  /** The lookups of this column, its own and those of what stands in for it. */
  List<LookupSettings> lookups() {
    return Stream.concat(
            Stream.ofNullable(lookup),
            otherwise == null ? Stream.empty() : otherwise.lookups().stream())
        .toList();
  }
}
