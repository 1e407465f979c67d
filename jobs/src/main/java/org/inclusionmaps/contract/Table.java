package org.inclusionmaps.contract;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * A table: its name, what a row is, its columns and its key. Schema, checks and documents all come
 * from here.
 *
 * @param name the table's name in folders and messages
 * @param description what a row is, one sentence
 * @param key the columns that tell rows apart; empty where rows may repeat
 * @param fields the columns, in order
 */
public record Table(String name, String description, List<String> key, List<Field> fields) {
  public Table {
    key = List.copyOf(key);
    fields = List.copyOf(fields);
    for (String column : key) {
      if (fields.stream().noneMatch(f -> f.name().equals(column))) {
        throw new IllegalArgumentException(name + " has no key column " + column);
      }
    }
  }

  static Table table(String name, String description, List<String> key, Field... fields) {
    return new Table(name, description, key, List.of(fields));
  }

  /** The Spark schema. */
  public StructType schema() {
    StructType schema = new StructType();
    for (Field field : fields) {
      schema = schema.add(field.sparkField());
    }
    return schema;
  }

  /** The names of the columns, in order. */
  public List<String> columns() {
    return fields.stream().map(Field::name).toList();
  }

  /** The column of a name. */
  public Optional<Field> find(String column) {
    return fields.stream().filter(f -> f.name().equals(column)).findFirst();
  }
}
