package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.ingest.FeedCount;
import org.inclusionmaps.ingest.TerrainCount;
import org.inclusionmaps.job.FinishedTables.Finished;

/** Tells a record of a finished table as this code writes it from one that something changed. */
final class FinishedRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<FeedCount>> FEEDS = new TypeReference<>() {};

  private FinishedRecord() {}

  /**
   * Whether a record, written again, has the bytes that were read, its account is one of feeds, and
   * no count is below 0. A number in quotes, a fraction or a lost field would be read as another
   * value.
   */
  static boolean isSound(byte[] bytes, Finished record, Table table) {
    try {
      return new String(bytes, StandardCharsets.UTF_8).equals(JSON.writeValueAsString(record))
          && record.rows() >= 0
          && (record.account() == null || isAccount(record.account(), table));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean isAccount(JsonNode account, Table table) throws JsonProcessingException {
    Object counts =
        table.equals(Tables.TERRAIN)
            ? JSON.treeToValue(account, TerrainCount.class)
            : JSON.treeToValue(account, FEEDS);
    return counts != null
        && account.toString().equals(JSON.writeValueAsString(counts))
        && !hasNegative(account);
  }

  private static boolean hasNegative(JsonNode json) {
    if (json.isNumber()) {
      return json.longValue() < 0;
    }
    for (JsonNode child : json) {
      if (hasNegative(child)) {
        return true;
      }
    }
    return false;
  }
}
