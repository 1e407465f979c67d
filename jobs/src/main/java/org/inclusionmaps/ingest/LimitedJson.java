package org.inclusionmaps.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/** A parser of a file's features that stops at the limits, before a feature fills the memory. */
final class LimitedJson extends JsonParserDelegate {
  private final Table table;
  private final String file;
  private final LimitsSettings limits;
  private long feature;
  private long numbers;

  LimitedJson(JsonParser parser, Table table, String file, LimitsSettings limits) {
    super(parser);
    this.table = table;
    this.file = file;
    this.limits = limits;
  }

  /** A feature begins. */
  void begin(long number) {
    feature = number;
    numbers = 0;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token == null) {
      return null;
    }
    if (token.isNumeric()) {
      numbers++;
      if (numbers > 2L * limits.corners() + limits.columns()) {
        throw refusal(
            "more than %,d positions".formatted(limits.corners()), limits.corners(), "corners");
      }
    } else if (token.isStructStart() && getParsingContext().getNestingDepth() > limits.depth()) {
      throw refusal(
          "objects nested %,d deep".formatted(getParsingContext().getNestingDepth()),
          limits.depth(),
          "depth");
    }
    return token;
  }

  private RuntimeException refusal(String measured, long most, String setting) {
    return Refusals.broken(
        table,
        ("%s, feature %,d, has %s, but at most %,d are taken; write the file again, or raise"
                + " limits.%s if it is right")
            .formatted(file, feature, measured, most, setting));
  }
}
