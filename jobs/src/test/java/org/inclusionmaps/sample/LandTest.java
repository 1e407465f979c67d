package org.inclusionmaps.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** The land, its borders and its people; expected values are what the generator promises. */
class LandTest {
  private static long persons(SampleSettings settings) {
    return Land.of(settings).districts().stream().mapToLong(District::persons).sum();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 30})
  void districtsHoldThePersonsOfTheScaleExactly(double scale) {
    assertThat(persons(new SampleSettings(3, scale))).isEqualTo(Math.round(200_000 * scale));
  }

  @Test
  void anotherSeedIsAnotherCountry() {
    List<District> one = Land.of(new SampleSettings(1, 1)).districts();
    List<District> other = Land.of(new SampleSettings(2, 1)).districts();
    assertThat(one.stream().map(District::name).toList())
        .isNotEqualTo(other.stream().map(District::name).toList());
    assertThat(one.stream().map(District::persons).toList())
        .isNotEqualTo(other.stream().map(District::persons).toList());
  }

  @Test
  void thereIsOneCapital() {
    assertThat(Land.of(new SampleSettings(1, 1)).districts())
        .filteredOn(district -> district.seatKind() == Kind.CAPITAL)
        .hasSize(1);
  }

  @Test
  void homesHoldThePersonsOfTheirDistrict() {
    SampleSettings settings = new SampleSettings(5, 0.3);
    Land land = Land.of(settings);
    Settling settling = new Settling(settings, land);
    for (District district : land.districts()) {
      List<Home> homes = Home.of(new Draws(5), district, settling.of(district));
      assertThat(homes.stream().mapToLong(Home::persons).sum()).isEqualTo(district.persons());
      for (int i = 1; i < homes.size(); i++) {
        assertThat(homes.get(i).firstPerson())
            .isEqualTo(homes.get(i - 1).firstPerson() + homes.get(i - 1).persons());
      }
    }
  }

  @Test
  void districtsMeetWithoutGapOrOverlap() throws ParseException {
    double districts = 0;
    double country = 0;
    for (Row row : AreaRows.of(Land.of(new SampleSettings(1, 1)))) {
      Geometry shape = new WKBReader().read((byte[]) row.get(5));
      assertThat(shape.isValid()).as(row.getString(0)).isTrue();
      if (row.getInt(2) == 2) {
        districts += shape.getArea();
      } else if (row.getInt(2) == 0) {
        country = shape.getArea();
        assertThat(shape.getNumGeometries()).isEqualTo(1);
      }
    }
    assertThat(districts).isCloseTo(country, within(1e-9));
  }
}
