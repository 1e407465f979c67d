package org.inclusionmaps.publish.figures;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Names of columns as Spark's Scala methods take them. */
public final class Columns {
  private Columns() {}

  public static Seq<String> of(String... names) {
    return CollectionConverters.asScala(List.of(names)).toSeq();
  }

  /** Columns of names that may hold any sign. */
  public static Column[] all(List<String> names) {
    return names.stream().map(name -> functions.col("`" + name + "`")).toArray(Column[]::new);
  }
}
