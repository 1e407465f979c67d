package org.inclusionmaps.contract;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * The version of the layout of all that is written: tables, manifests, reports. What is only added
 * raises the part after the point; what older readers would misread raises the part before it.
 */
public final class SchemaVersion {
  /** What this code writes. */
  public static final String CURRENT = "1.0";

  /** What the version is called in files. */
  public static final String KEY = "schema_version";

  private SchemaVersion() {}

  /** The columns of a table, the first of which carries the version into Parquet's footer. */
  public static Column[] columns(Table table) {
    Metadata version = new MetadataBuilder().putString(KEY, CURRENT).build();
    List<Column> columns = new ArrayList<>();
    for (String name : table.columns()) {
      columns.add(columns.isEmpty() ? col(name).as(name, version) : col(name));
    }
    return columns.toArray(Column[]::new);
  }

  /** The version that a table's columns carry; nothing in files of others. */
  public static Optional<String> of(StructType schema) {
    for (var field : schema.fields()) {
      if (field.metadata().contains(KEY)) {
        return Optional.of(field.metadata().getString(KEY));
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses what this code would misread.
   *
   * @param what is read, for the message
   * @param found its version
   * @throws InclusionException {@link ErrorCode#CONTRACT_BROKEN} if it is of another major version
   */
  public static void check(String what, String found) {
    if (!reads(found)) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "%s has %s %s, but this version of inclusion-maps reads %s.x; read it with the version that wrote it, or make it anew"
              .formatted(what, KEY, found.isEmpty() ? "(none)" : found, major(CURRENT)));
    }
  }

  /** Whether this code reads what is of a version. */
  public static boolean reads(String found) {
    return major(found).equals(major(CURRENT));
  }

  private static String major(String version) {
    return version.split("\\.", 2)[0];
  }
}
