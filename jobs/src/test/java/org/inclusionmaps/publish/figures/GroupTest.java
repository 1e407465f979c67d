package org.inclusionmaps.publish.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups in the order and words of docs/release.md. */
class GroupTest {

  @Test
  void groupsAreInReadingOrderAndTheDimensionsOwnTotalIsNone() {
    List<Group> groups =
        Group.of(List.of("male", "all", "female"), List.of("65+", "15-24", "100+"), List.of("any"));
    assertThat(groups)
        .extracting(Group::name)
        .containsExactly("all", "female", "male", "15-24", "65+", "100+", "disability_any");
    assertThat(groups)
        .extracting(Group::suffix)
        .containsExactly(
            "", "_female", "_male", "_15_24", "_65_plus", "_100_plus", "_disability_any");
  }

  @Test
  void aBandThatHoldsEverybodyOf15AndOverMeansThatTheirAgeIsNotTold() {
    assertThat(new Group("15+", "age_band", "15+").label()).isEqualTo("Age above 15 not told");
    assertThat(new Group("65+", "age_band", "65+").label()).isEqualTo("Aged 65 and over");
    assertThat(new Group("15-24", "age_band", "15-24").label()).isEqualTo("Aged 15 to 24");
  }
}
