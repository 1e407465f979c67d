package org.inclusionmaps.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules of STAC 1.1.0 and of its extensions, as their texts have them: each names its section. They
 * know nothing of how this project writes a catalogue. No validator that brings its schemas along
 * could be had; those there are fetch them.
 */
final class StacRules {
  private static final String EXTENSION =
      "https://stac-extensions[.]github[.]io/([a-z-]+)/v[0-9.]+/schema[.]json";

  /** Common Metadata, "Data Types". */
  private static final Set<String> DATA_TYPES =
      Set.of(
          "int8",
          "int16",
          "int32",
          "int64",
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "float16",
          "float32",
          "float64",
          "cint16",
          "cint32",
          "cfloat16",
          "cfloat32",
          "cfloat64",
          "other");

  /** Prefixes of fields and the extension that defines them. */
  private static final Map<String, String> PREFIXES =
      Map.of("file", "file", "table", "table", "proj", "projection", "raster", "raster");

  private final JsonNode object;
  private final List<String> broken = new ArrayList<>();

  private StacRules(JsonNode object) {
    this.object = object;
  }

  /** The rules that a catalog, a collection or an item breaks. */
  static List<String> broken(JsonNode object) {
    StacRules rules = new StacRules(object);
    rules.common();
    switch (object.path("type").asText()) {
      case "Feature" -> rules.item();
      case "Collection" -> rules.collection();
      case "Catalog" ->
          rules.need(!object.has("extent"), "Catalog Fields: no extent, which is a collection's");
      default -> rules.broken.add("type is none of Catalog, Collection, Feature");
    }
    return rules.broken;
  }

  private void need(boolean kept, String rule) {
    if (!kept) {
      broken.add(rule);
    }
  }

  private void common() {
    need(object.path("stac_version").asText().equals("1.1.0"), "stac_version");
    need(!object.path("id").asText().isBlank(), "id");
    Set<String> declared = new TreeSet<>();
    for (JsonNode extension : object.path("stac_extensions")) {
      String address = extension.asText();
      need(address.matches(EXTENSION), "stac_extensions: an address of a schema: " + address);
      need(declared.add(address.replaceFirst(EXTENSION, "$1")), "stac_extensions: each once");
    }
    prefixes(object, declared);
    for (JsonNode link : object.path("links")) {
      need(!link.path("href").asText().isBlank(), "Link Object: href is required");
      need(!link.path("rel").asText().isBlank(), "Link Object: rel is required");
    }
    for (String rel : List.of("root", "parent", "self", "collection")) {
      need(links(rel) <= 1, "Relation types: at most one " + rel);
    }
    object.path("assets").forEach(this::asset);
  }

  /** Extensions, "Using extensions": an object names those whose fields it has. */
  private void prefixes(JsonNode node, Set<String> declared) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              int colon = name.indexOf(':');
              if (colon > 0) {
                String extension = PREFIXES.get(name.substring(0, colon));
                need(
                    extension != null && declared.contains(extension),
                    "stac_extensions: " + name + " is of an extension that is not named");
              }
            });
    node.forEach(child -> prefixes(child, declared));
  }

  private long links(String rel) {
    return object.path("links").findValuesAsText("rel").stream().filter(rel::equals).count();
  }

  /** Item Specification, "Item fields", "Properties Object"; RFC 7946, 3.1.6 and 5. */
  private void item() {
    JsonNode box = object.path("bbox");
    need(box(box), "Item fields: bbox is [west, south, east, north]");
    need(object.path("geometry").path("type").asText().equals("Polygon"), "Item fields: geometry");
    double area = 0;
    JsonNode ring = object.path("geometry").path("coordinates").path(0);
    need(ring.size() >= 4 && ring.get(0).equals(ring.get(ring.size() - 1)), "RFC 7946: closed");
    for (int i = 0; i + 1 < ring.size(); i++) {
      double x = ring.get(i).get(0).asDouble();
      double y = ring.get(i).get(1).asDouble();
      area += x * ring.get(i + 1).get(1).asDouble() - y * ring.get(i + 1).get(0).asDouble();
      need(
          box(box)
              && x >= box.get(0).asDouble()
              && x <= box.get(2).asDouble()
              && y >= box.get(1).asDouble()
              && y <= box.get(3).asDouble(),
          "Item fields: the geometry lies in the bbox");
    }
    need(area > 0, "RFC 7946, 3.1.6: the outer ring goes counterclockwise");
    need(time(object.path("properties").path("datetime")), "Properties Object: datetime");
    need(!object.path("assets").isEmpty(), "an item without assets is of no use here");
    if (object.has("collection")) {
      need(links("collection") == 1, "Item fields: collection needs a link of that relation");
    }
    projection(object.path("properties"));
  }

  private static boolean time(JsonNode value) {
    try {
      OffsetDateTime.parse(value.asText());
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean box(JsonNode box) {
    return box.size() == 4
        && box.get(0).asDouble() <= box.get(2).asDouble()
        && box.get(1).asDouble() <= box.get(3).asDouble();
  }

  /** Collection Specification, "Collection fields", "Extent Object". */
  private void collection() {
    need(!object.path("license").asText().isBlank(), "Collection fields: license is required");
    JsonNode boxes = object.path("extent").path("spatial").path("bbox");
    need(boxes.size() >= 1 && box(boxes.get(0)), "Spatial Extent Object: bbox holds boxes");
    JsonNode intervals = object.path("extent").path("temporal").path("interval");
    need(
        intervals.size() >= 1
            && intervals.get(0).size() == 2
            && time(intervals.get(0).get(0))
            && time(intervals.get(0).get(1)),
        "Temporal Extent Object: interval holds pairs of times");
  }

  /** Assets, "Asset Object"; Common Metadata, "Bands" and "Data Values"; file, "File Object". */
  private void asset(JsonNode asset) {
    need(!asset.path("href").asText().isBlank(), "Asset Object: href is required");
    need(asset.path("type").asText().matches("[a-z]+/[a-z0-9.+-]+(; .+)?"), "Asset Object: type");
    if (asset.has("file:checksum")) {
      need(
          asset.path("file:checksum").asText().matches("1220[0-9a-f]{64}"),
          "file: the checksum is a multihash, here of sha2-256");
      need(asset.path("file:size").isIntegralNumber(), "file: size is a count of bytes");
    }
    if (asset.has("data_type")) {
      need(DATA_TYPES.contains(asset.path("data_type").asText()), "Data Types");
    }
    if (asset.has("nodata")) {
      JsonNode none = asset.path("nodata");
      need(none.isNumber() || none.asText().matches("nan|-?inf"), "No-data");
    }
    need(!asset.has("unit") || asset.path("unit").isTextual(), "Units: never null");
    Set<String> bands = new TreeSet<>();
    for (JsonNode band : asset.path("bands")) {
      need(!band.isEmpty(), "Band Object: at least one property");
      need(bands.add(band.path("name").asText()), "Band Object: names are unique");
    }
    projection(asset);
  }

  /** Projection 2.0.0, "Additional Field Information": the fields agree with each other. */
  private void projection(JsonNode fields) {
    if (fields.has("proj:code")) {
      need(fields.path("proj:code").asText().matches("[A-Z_0-9]+:[0-9]+"), "proj:code");
    }
    if (!fields.has("proj:shape") && !fields.has("proj:transform") && !fields.has("proj:bbox")) {
      return;
    }
    JsonNode shape = fields.path("proj:shape");
    JsonNode transform = fields.path("proj:transform");
    JsonNode box = fields.path("proj:bbox");
    boolean whole =
        shape.size() == 2
            && shape.get(0).isIntegralNumber()
            && shape.get(1).isIntegralNumber()
            && (transform.size() == 6 || transform.size() == 9)
            && box(box);
    need(whole, "proj:shape is two counts, proj:transform 6 or 9 numbers, proj:bbox a box");
    if (whole) {
      double west = transform.get(2).asDouble();
      double north = transform.get(5).asDouble();
      double east = west + shape.get(1).asInt() * transform.get(0).asDouble();
      double south = north + shape.get(0).asInt() * transform.get(4).asDouble();
      need(
          box.get(0).asDouble() == west
              && box.get(1).asDouble() == south
              && box.get(2).asDouble() == east
              && box.get(3).asDouble() == north,
          "proj:transform leads from the corners of proj:shape to those of proj:bbox");
    }
  }
}
