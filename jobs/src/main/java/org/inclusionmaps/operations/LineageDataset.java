package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;

/**
 * A dataset in OpenLineage: a place that holds data, and facets that tell of it. Source:
 * openlineage.io/docs/spec/naming, and the facets' own schemas.
 */
final class LineageDataset {
  static final String PRODUCER = "https://inclusionmaps.org/inclusion-maps";
  private static final String FACETS = "https://openlineage.io/spec/facets/";

  private LineageDataset() {}

  /** A dataset by its address, without facets. */
  static ObjectNode at(String address) {
    URI uri = new Path(address).toUri();
    String scheme = uri.getScheme() == null ? "file" : uri.getScheme();
    ObjectNode dataset = JsonNodeFactory.instance.objectNode();
    if (scheme.equals("file")) {
      String path = uri.getPath();
      return dataset
          .put("namespace", "file")
          .put(
              "name",
              path.startsWith("/")
                  ? path
                  : java.nio.file.Path.of(path).toAbsolutePath().normalize().toString());
    }
    boolean bucket = scheme.startsWith("s3") || scheme.equals("gs");
    String host = uri.getHost() == null ? "" : uri.getHost(); // without user and password
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return dataset
        .put("namespace", (scheme.startsWith("s3") ? "s3" : scheme) + "://" + host + port)
        .put("name", bucket ? uri.getPath().replaceFirst("^/", "") : uri.getPath());
  }

  /** A facet that names its own schema, as {@code 1-2-0/SchemaDatasetFacet}. */
  static ObjectNode facet(String schema) {
    String name = schema.substring(schema.indexOf('/') + 1);
    return JsonNodeFactory.instance
        .objectNode()
        .put("_producer", PRODUCER)
        .put("_schemaURL", FACETS + schema + ".json#/$defs/" + name);
  }

  /** The columns of a table, with what each is. */
  static ObjectNode schema(Table table) {
    ObjectNode facet = facet("1-2-0/SchemaDatasetFacet");
    ArrayNode fields = facet.putArray("fields");
    int position = 1;
    for (Field field : table.fields()) {
      fields
          .addObject()
          .put("name", field.name())
          .put("type", field.type().simpleString().toLowerCase(Locale.ROOT))
          .put("description", field.description())
          .put("ordinal_position", position++);
    }
    return facet;
  }
}
