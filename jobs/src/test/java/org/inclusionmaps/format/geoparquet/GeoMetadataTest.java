package org.inclusionmaps.format.geoparquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GeoMetadataTest {
  @Test
  void statesWhatTheSpecificationAsksFor() throws Exception {
    JsonNode geo =
        new ObjectMapper()
            .readTree(
                GeoMetadata.json(
                    "geometry",
                    "bbox",
                    new TreeSet<>(List.of("Polygon", "MultiPolygon")),
                    new double[] {-69.5, -22.9, -57.25, -9}));
    JsonNode column = geo.path("columns").path("geometry");

    assertThat(geo.path("version").asText()).isEqualTo("1.1.0");
    assertThat(geo.path("primary_column").asText()).isEqualTo("geometry");
    assertThat(column.path("encoding").asText()).isEqualTo("WKB");
    assertThat(column.path("geometry_types").toString())
        .isEqualTo("[\"MultiPolygon\",\"Polygon\"]");
    assertThat(column.path("bbox").toString()).isEqualTo("[-69.5,-22.9,-57.25,-9]");
    assertThat(column.path("crs").path("id").toString())
        .isEqualTo("{\"authority\":\"OGC\",\"code\":\"CRS84\"}");
    assertThat(column.path("covering").path("bbox").toString())
        .isEqualTo(
            "{\"xmin\":[\"bbox\",\"xmin\"],\"ymin\":[\"bbox\",\"ymin\"],"
                + "\"xmax\":[\"bbox\",\"xmax\"],\"ymax\":[\"bbox\",\"ymax\"]}");
  }

  @Test
  void aFileWithoutRowsHasNoBox() throws Exception {
    JsonNode geo =
        new ObjectMapper().readTree(GeoMetadata.json("geometry", "bbox", new TreeSet<>(), null));
    assertThat(geo.path("columns").path("geometry").has("bbox")).isFalse();
  }

  @Test
  void theCoveringNeverCutsTheGeometry() {
    for (double value : new double[] {-64.7, 0.1, 1e-9, -21.529999, 0, 180}) {
      assertThat((double) GeoMetadata.floatBelow(value)).isLessThanOrEqualTo(value);
      assertThat((double) GeoMetadata.floatAbove(value)).isGreaterThanOrEqualTo(value);
      assertThat(GeoMetadata.floatAbove(value) - GeoMetadata.floatBelow(value))
          .isLessThanOrEqualTo(Math.ulp((float) value));
    }
  }
}
