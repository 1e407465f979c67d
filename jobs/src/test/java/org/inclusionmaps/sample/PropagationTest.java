package org.inclusionmaps.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The made-up country's own radio. */
class PropagationTest {
  @Test
  void plainEarthFadesBy40DecibelsADecade() {
    double near = Propagation.flatDbm(30, 800, 40, 1, 0, 360, 10);
    double far = Propagation.flatDbm(30, 800, 40, 10, 0, 360, 10);
    assertThat(near - far).isCloseTo(40, within(1e-9));
  }

  @Test
  void theBeamLosesThreeDecibelsAtHalfItsWidth() {
    assertThat(Propagation.patternDb(32.5, 65)).isCloseTo(-3, within(1e-9));
    assertThat(Propagation.patternDb(0, 65)).isZero();
    assertThat(Propagation.patternDb(180, 65)).isEqualTo(-22);
  }

  @Test
  void aGrazingRidgeLosesSixDecibels() {
    // The knife edge at v = 0: 6.02 dB (ITU-R P.526).
    assertThat(Propagation.knifeEdgeDb(0)).isCloseTo(6.02, within(0.01));
  }

  @Test
  void oneMoreMastNeverTakesANetworkAway() {
    SampleSettings settings = new SampleSettings(4, 0.3);
    Land land = Land.of(settings);
    District district = land.districts().get(0);
    Settling settling = new Settling(settings, land);
    Draws draws = new Draws(4);
    List<Settlement> settlements = settling.of(district);
    List<Mast> masts = new Masts(settings, land).of(district, settlements);
    Reach reach = new Reach(new Propagation(draws, new Terrain(draws)));
    assertThat(masts).hasSizeGreaterThan(1);
    List<Mast> fewer = masts.subList(0, masts.size() - 1);
    for (Home home : Home.of(draws, district, settlements)) {
      double x = Frame.xKm(home.lon());
      double y = Frame.yKm(home.lat());
      int all = reach.at(x, y, home.personsPerKm2(), masts);
      assertThat(all & reach.at(x, y, home.personsPerKm2(), fewer))
          .isEqualTo(reach.at(x, y, home.personsPerKm2(), fewer));
    }
  }

  @Test
  void aHomeUnderAMastOfItsOwnHasService() {
    Draws draws = new Draws(4);
    Reach reach = new Reach(new Propagation(draws, new Terrain(draws)));
    RadioCell cell = new RadioCell("a", Technology.G4, 1_800, 30.7, 0, 360, 0);
    Mast mast = new Mast(1, Operator.CITY, 2, 3, 30, List.of(cell));
    assertThat(Network.usable(reach.at(2, 3, 300, List.of(mast)), Operator.CITY)).isTrue();
    assertThat(reach.at(2, 43, 300, List.of(mast))).isZero();
  }
}
