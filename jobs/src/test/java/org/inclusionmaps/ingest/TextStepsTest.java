package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.ColumnSettings;
import org.inclusionmaps.contract.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A feed's texts as values: the right writings, and the words for the wrong ones. */
class TextStepsTest {
  private static final Field NUMBER = Field.number("n", "a number");
  private static final Field WHOLE = Field.whole("n", "a whole number");
  private static final Field TEXT = Field.text("n", "a text");
  private static final ColumnSettings PLAIN = ColumnSettings.from("n");

  private static ColumnSettings steps(
      List<String> absent, int pad, Map<String, String> map, double scale) {
    return new ColumnSettings("n", null, null, absent, pad, map, scale, null);
  }

  /** The value of a text, else the reason for which a row with it is refused. */
  private static String outcome(Field field, TextSteps steps, String text) {
    Told told = steps.told(text);
    Problem problem = FieldRule.of(field).problem(told);
    return problem == null ? String.valueOf(told.value()) : problem.reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7;7.0",
        "+5;5.0",
        ".5;0.5",
        "5.;5.0",
        "-1.5E-3;-0.0015",
        "1e3;1000.0",
        "-0;-0.0",
        "1,234.5;n is not a number",
        "1 234;n is not a number",
        "1e;n is not a number",
        ".;n is not a number",
        "1d;n is not a number",
        "0x1p3;n is not a number",
        "1e400;n is not finite",
        "-1e400;n is not finite",
        "NaN;n is not finite",
        "nan;n is not finite",
        "-NaN;n is not finite",
        "-nan;n is not a number",
        "inf;n is not finite",
        "+Infinity;n is not finite",
        "-INF;n is not finite",
        "one;n is not a number",
      })
  void aNumberHasADecimalPoint(String text, String outcome) {
    assertThat(outcome(NUMBER, TextSteps.of(NUMBER, PLAIN), text)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1.234,5;1234.5",
        "1234,5;1234.5",
        "17;17.0",
        "5,;5.0",
        "1.234.567;1234567.0",
        "12.5;n is not a number",
        "12.34,5;n is not a number",
        "1,234.5;n is not a number",
        ",5;n is not a number",
        "NaN;n is not a number",
      })
  void aNumberHasADecimalCommaWhereTheSettingsSaySo(String text, String outcome) {
    assertThat(outcome(NUMBER, TextSteps.of(NUMBER, PLAIN).withDecimalComma(), text))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "12;12",
        "12.0;12",
        "12.;12",
        "+3;3",
        "-3.000;-3",
        "9223372036854775807;9223372036854775807",
        "9223372036854775808;n is not a whole number",
        "12.5;n is not a whole number",
        "1e3;n is not a whole number",
        ".0;n is not a whole number",
      })
  void aWholeNumberMayBeWrittenWithZerosBehindItsPoint(String text, String outcome) {
    assertThat(outcome(WHOLE, TextSteps.of(WHOLE, PLAIN), text)).isEqualTo(outcome);
  }

  @Test
  void aWholeNumberOf32BitsEndsThere() {
    Field field = Field.field("n", DataTypes.IntegerType, "a whole number");
    TextSteps steps = TextSteps.of(field, PLAIN);

    assertThat(steps.told("2147483647.0").value()).isEqualTo(2147483647);
    assertThat(outcome(field, steps, "2147483648")).isEqualTo("n is not a whole number");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "T, true",
    "Yes, true",
    "y, true",
    "1, true",
    "FALSE, false",
    "f, false",
    "no, false",
    "N, false",
    "0, false",
    "2, n is not true or false",
    "on, n is not true or false",
  })
  void truthIsWrittenAsSparksCastReadsIt(String text, String outcome) {
    Field field = Field.field("n", DataTypes.BooleanType, "whether");

    assertThat(outcome(field, TextSteps.of(field, PLAIN), text)).isEqualTo(outcome);
  }

  @Test
  void blanksAtTheEndsAreNoPartOfAText() {
    TextSteps steps = TextSteps.of(TEXT, PLAIN);

    assertThat(steps.told(" \t\u00A0La\u00A0Paz \r\n").value()).isEqualTo("La\u00A0Paz");
    assertThat(TextSteps.of(NUMBER, PLAIN).told("\u00A07\u00A0").value()).isEqualTo(7.0);
    assertThat(outcome(TEXT, steps, " \u00A0 ")).isEqualTo("n is absent");
  }

  @Test
  void aTextIsAbsentThenPaddedThenMapped() {
    TextSteps steps = TextSteps.of(TEXT, steps(List.of("NA", "7"), 3, Map.of("008", "eight"), 1));

    assertThat(steps.told("NA")).isEqualTo(Told.NOTHING);
    assertThat(steps.told("7")).isEqualTo(Told.NOTHING);
    assertThat(steps.told("8").value()).isEqualTo("eight");
    assertThat(outcome(TEXT, steps, "9")).isEqualTo("n is not in the settings' map");
    assertThat(steps.told("9").shown()).isEqualTo("009");
  }

  @Test
  void paddingCountsCharactersNotTheirHalves() {
    assertThat(Texts.padded("\uD83D\uDE00a", 4)).isEqualTo("00\uD83D\uDE00a");
    assertThat(Texts.padded("12345", 4)).isEqualTo("12345");
  }

  @Test
  void aNumberIsScaledAfterItIsMapped() {
    TextSteps steps = TextSteps.of(NUMBER, steps(List.of(), 0, Map.of("big", "40"), 0.5));

    assertThat(steps.told("big").value()).isEqualTo(20.0);
    assertThat(outcome(NUMBER, steps, "40")).isEqualTo("n is not in the settings' map");
  }

  @Test
  void aUsualSpellingIsTheContracts() {
    Field sex = Field.text("sex", "sex").oneOf("female", "male", "all");
    TextSteps steps = TextSteps.of(sex, PLAIN);

    assertThat(outcome(sex, steps, "Mujeres")).isEqualTo("female");
    assertThat(outcome(sex, steps, "x")).isEqualTo("sex is not one of female, male, all");
  }
}
