package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Source of truth: the inverse of a matrix of two by two, by hand. */
class RegisteredSexTest {
  /** [[.75, .05], [.25, .95]] of 30 women and 70 men is 26 and 74. */
  @Test
  void thirtyOfAHundredAreWomenWhereTwentySixAreRegistered() {
    assertThat(new RegisteredSex(.25, .05).women(.26)).isCloseTo(.30, within(1e-15));
  }

  @Property
  void undoesTheRegister(
      @ForAll @DoubleRange(max = .49) double womenAsMen,
      @ForAll @DoubleRange(max = .49) double menAsWomen,
      @ForAll @DoubleRange(max = 1) double women) {
    double registered = (1 - womenAsMen) * women + menAsWomen * (1 - women);
    assertThat(new RegisteredSex(womenAsMen, menAsWomen).women(registered))
        .isCloseTo(women, within(1e-12));
  }

  @Test
  void noiseBringsNoShareOutsideNobodyAndAll() {
    assertThat(new RegisteredSex(.25, .05).women(-.1)).isZero();
    assertThat(new RegisteredSex(.25, .05).women(1.2)).isEqualTo(1);
  }

  @Test
  void aRegisterThatTellsNothingIsRefused() {
    assertThatThrownBy(() -> new RegisteredSex(.5, .5)).hasMessageContaining("below 1 together");
    assertThatThrownBy(() -> new RegisteredSex(-.1, .5)).hasMessageContaining("0 or more");
  }
}
