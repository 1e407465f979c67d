package org.inclusionmaps.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedSettingsTest {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static FeedSettings read(String yaml) throws JsonProcessingException {
    return YAML.readValue(yaml, FeedSettings.class);
  }

  @Test
  void aPathAloneIsAFeed() throws JsonProcessingException {
    assertThat(read("path: /in/census.csv.gz")).isEqualTo(FeedSettings.at("/in/census.csv.gz"));
    assertThat(FeedSettings.at("/in/census.csv.gz").format()).isEqualTo(FeedFormat.CSV);
    assertThat(FeedSettings.at("/in/census.csv.gz").delimiter()).isEqualTo(",");
    assertThat(FeedSettings.at("/in/census.tsv").delimiter()).isEqualTo("\t");
  }

  @Test
  void aBareTextIsTheNameOfAColumn() throws JsonProcessingException {
    var feed =
        read(
            """
            path: /in/a.csv
            delimiter: ";"
            decimal_comma: true
            max_rejected_pct: 0.5
            columns:
              area: codigo
              sex: {value: all}
              persons: {from: total, scale: 0.001, absent: [NA], otherwise: {value: 1}}
              parent: {lookup: {path: m.csv, on: {municipio: name}, take: code}, pad: 6}
            unpivot:
              - {column: h0, set: {sex: male, age_band: 0-19}}
            where: {net: [1, 2]}
            select: {key: [gini]}
            """);

    assertThat(feed.columns().get("area")).isEqualTo(ColumnSettings.from("codigo"));
    assertThat(feed.columns().get("sex")).isEqualTo(ColumnSettings.constant("all"));
    assertThat(feed.columns().get("persons").otherwise()).isEqualTo(ColumnSettings.constant("1"));
    assertThat(feed.columns().get("parent").lookup())
        .isEqualTo(new LookupSettings("m.csv", Map.of("municipio", "name"), Map.of(), "code"));
    assertThat(feed.unpivot())
        .containsExactly(new UnpivotSettings("h0", Map.of("sex", "male", "age_band", "0-19")));
    assertThat(feed.where()).isEqualTo(Map.of("net", List.of("1", "2")));
    assertThat(feed.maxRejectedPct()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "/d/cells_opencellid.csv.gz, OPENCELLID",
    "/d/cell_towers.csv, OPENCELLID",
    "/d/m.geojson, GEOJSON",
    "/d/m.GeoJSON.gz, GEOJSON",
    "/d/m.geoparquet, GEOPARQUET",
    "/d/x.csv/part.parquet, PARQUET",
    "/d/opencellid/, OPENCELLID",
    "/d/census, PARQUET"
  })
  void theNameTellsTheFormat(String path, FeedFormat format) {
    assertThat(FeedSettings.at(path).format()).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|path is missing",
        "{path: a, delimiter: ab}|delimiter is \"ab\": it must be one character",
        "{path: a, max_rejected_pct: 101}|max_rejected_pct is 101.0: it must be 0 to 100",
        "{path: a, colums: {}}|Unrecognized field \"colums\"",
        "{path: a, format: xls}|not one of the values accepted",
        "{path: a, columns: {b: {from: c, value: d}}}|exactly one of from, value and lookup",
        "{path: a, columns: {b: {pad: 2}}}|exactly one of from, value and lookup",
        "{path: a, columns: {b: {from: c, pad: -1}}}|pad is -1: it must be 0 to 64",
        "{path: a, columns: {b: {from: c, scale: 0}}}|scale is 0.0",
        "{path: a, columns: {b: {lookup: {path: c, take: d}}}}|lookup needs on",
        "{path: a, unpivot: [{set: {sex: male}}]}|unpivot.column is missing",
      })
  void whatIsWrongIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void settingsSurviveBeingWrittenOut() throws JsonProcessingException {
    var json = JsonMapper.builder().build();
    var feed = FeedSettings.at("/in/census.csv");

    assertThat(json.writeValueAsString(feed)).contains("\"max_rejected_pct\":0.0");
    assertThat(json.readValue(json.writeValueAsString(feed), FeedSettings.class)).isEqualTo(feed);
  }
}
