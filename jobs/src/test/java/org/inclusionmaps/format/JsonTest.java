package org.inclusionmaps.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void keepsTheOrderAndWritesWholeNumbersWithoutAPoint() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("b", Arrays.asList(1, 2.0, 2.5, null));
    value.put("a", true);
    assertThat(Json.text(value)).isEqualTo("{\"b\":[1,2,2.5,null],\"a\":true}");
  }

  @Test
  void textsCanNeitherEndTheJsonNorThePageThatHoldsIt() {
    assertThat(Json.text("a\"\\\n</script>"))
        .isEqualTo("\"a\\\"\\\\\\u000a\\u003c/script\\u003e\"");
  }

  @Test
  void refusesNotANumber() {
    assertThatThrownBy(() -> Json.text(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has no NaN");
  }
}
