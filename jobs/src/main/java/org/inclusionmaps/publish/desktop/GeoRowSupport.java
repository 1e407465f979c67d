package org.inclusionmaps.publish.desktop;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.format.geoparquet.GeoMetadata;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/**
 * Rows to the records of a GeoParquet file. The last column of a row is its geometry as WKB; after
 * it the record gets the covering box. Columns that count persons are thousandths and become
 * decimals of three places, which are the same integers. Source: OGC GeoParquet 1.1.0.
 */
final class GeoRowSupport extends WriteSupport<@Nullable Object[]> {
  static final String GEOMETRY = "geometry";
  static final String BBOX = "bbox";

  private final StructType schema;
  private final Set<String> persons;
  private final WKBReader reader = new WKBReader();
  private final Set<String> types = new TreeSet<>();
  private final Envelope bounds = new Envelope();
  private @Nullable RecordConsumer consumer;

  /**
   * Support for rows of a schema.
   *
   * @param schema the columns, the geometry last
   * @param persons columns of thousandths of a person
   */
  GeoRowSupport(StructType schema, Set<String> persons) {
    this.schema = schema;
    this.persons = persons;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  public WriteContext init(Configuration configuration) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (StructField field : schema.fields()) {
      message.addField(
          persons.contains(field.name())
              ? Types.optional(PrimitiveTypeName.INT64)
                  .as(LogicalTypeAnnotation.decimalType(3, 18))
                  .named(field.name())
              : primitive(field.dataType()).named(field.name()));
    }
    Types.GroupBuilder<org.apache.parquet.schema.GroupType> box = Types.optionalGroup();
    for (String side : GeoMetadata.COVERING) {
      box.addField(Types.required(PrimitiveTypeName.FLOAT).named(side));
    }
    message.addField(box.named(BBOX));
    MessageType type = message.named("release");
    return new WriteContext(type, Map.of(SchemaVersion.KEY, SchemaVersion.CURRENT));
  }

  private static Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> primitive(
      DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType());
    }
    if (type.equals(DataTypes.BinaryType)) {
      return Types.optional(PrimitiveTypeName.BINARY);
    }
    if (type.equals(DataTypes.DoubleType)) {
      return Types.optional(PrimitiveTypeName.DOUBLE);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Types.optional(PrimitiveTypeName.INT32);
    }
    return Types.optional(PrimitiveTypeName.INT64);
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    this.consumer = recordConsumer;
  }

  @Override
  public void write(@Nullable Object[] row) {
    RecordConsumer out = java.util.Objects.requireNonNull(consumer);
    out.startMessage();
    int last = schema.size() - 1;
    for (int i = 0; i <= last; i++) {
      Object value = row[i];
      if (value != null) {
        out.startField(schema.fields()[i].name(), i);
        add(out, value);
        out.endField(schema.fields()[i].name(), i);
      }
    }
    if (row[last] instanceof byte[] wkb) {
      box(out, last + 1, wkb);
    }
    out.endMessage();
  }

  private void box(RecordConsumer out, int index, byte[] wkb) {
    Geometry geometry = read(wkb);
    types.add(geometry.getGeometryType());
    Envelope envelope = geometry.getEnvelopeInternal();
    bounds.expandToInclude(envelope);
    float[] sides = {
      GeoMetadata.floatBelow(envelope.getMinX()),
      GeoMetadata.floatBelow(envelope.getMinY()),
      GeoMetadata.floatAbove(envelope.getMaxX()),
      GeoMetadata.floatAbove(envelope.getMaxY())
    };
    out.startField(BBOX, index);
    out.startGroup();
    for (int i = 0; i < sides.length; i++) {
      String side = GeoMetadata.COVERING.get(i);
      out.startField(side, i);
      out.addFloat(sides[i]);
      out.endField(side, i);
    }
    out.endGroup();
    out.endField(BBOX, index);
  }

  private Geometry read(byte[] wkb) {
    try {
      return reader.read(wkb);
    } catch (ParseException e) {
      throw new IllegalArgumentException("a geometry is not WKB", e);
    }
  }

  private static void add(RecordConsumer out, Object value) {
    if (value instanceof String text) {
      out.addBinary(Binary.fromString(text));
    } else if (value instanceof byte[] bytes) {
      out.addBinary(Binary.fromConstantByteArray(bytes));
    } else if (value instanceof Double number) {
      out.addDouble(number);
    } else if (value instanceof Integer number) {
      out.addInteger(number);
    } else {
      out.addLong((Long) value);
    }
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    double @Nullable [] box =
        bounds.isNull()
            ? null
            : new double[] {bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY()};
    String geo = GeoMetadata.json(GEOMETRY, BBOX, new TreeSet<>(types), box);
    return new FinalizedWriteContext(Map.of(GeoMetadata.KEY, geo));
  }
}
