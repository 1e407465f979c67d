package org.inclusionmaps.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedWordsTest {
  @Test
  void everyInputHasPlainWordsWithoutNamesOfTables() {
    for (Table table : Tables.INPUTS) {
      assertThat(FeedWords.of(table.name()))
          .as(table.name())
          .endsWith(" (" + table.name() + ")")
          .matches("[a-z][^_`]* \\(.*");
    }
  }

  @Test
  void aTableThatIsNoInputKeepsItsName() {
    assertThat(FeedWords.of("of_another_version")).isEqualTo("of another version");
  }
}
