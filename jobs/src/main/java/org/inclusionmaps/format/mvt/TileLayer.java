package org.inclusionmaps.format.mvt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inclusionmaps.format.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a vector tile. Keys and values are held once and shared by the features, in the
 * order of their first use, so that the same features in the same order give the same bytes.
 */
public final class TileLayer {
  private static final int POLYGON = 3;

  private final String name;
  private final int extent;
  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final Map<Object, Integer> values = new LinkedHashMap<>();
  private final ByteSink features = new ByteSink();
  private int count;

  /**
   * An empty layer.
   *
   * @param name the layer's name, one of a kind within its tile
   * @param extent units along the edge of the tile, such as 4096
   */
  public TileLayer(String name, int extent) {
    if (extent < 1) {
      throw new IllegalArgumentException("extent " + extent);
    }
    this.name = name;
    this.extent = extent;
  }

  /**
   * Adds a feature with a polygon.
   *
   * @param id identifier within the layer, 0 or more, below 2^53 so that JavaScript keeps it whole
   * @param commands geometry by {@link Polygons#commands}; a feature without any is left out
   * @param attributes texts, longs, integers, doubles or truth values by name; a null is left out
   */
  public void addPolygon(
      long id, int[] commands, Map<String, ? extends @Nullable Object> attributes) {
    if (id < 0 || id >= 1L << 53) {
      throw new IllegalArgumentException("feature id " + id);
    }
    if (commands.length == 0) {
      return;
    }
    ByteSink tags = new ByteSink();
    attributes.forEach(
        (key, value) -> {
          if (value != null) {
            tags.varint(index(keys, key)).varint(index(values, whole(value)));
          }
        });
    ByteSink geometry = new ByteSink();
    for (int command : commands) {
      geometry.varint(command & 0xFFFFFFFFL);
    }
    ByteSink feature = new ByteSink().field(1, id);
    if (tags.size() > 0) {
      feature.field(2, tags);
    }
    features.field(2, feature.field(3, POLYGON).field(4, geometry));
    count++;
  }

  /** How many features the layer holds. */
  public int count() {
    return count;
  }

  ByteSink message() {
    ByteSink layer = new ByteSink().field(1, name).raw(features.toBytes());
    keys.keySet().forEach(key -> layer.field(3, key));
    values.keySet().forEach(value -> layer.field(4, valueMessage(value)));
    return layer.field(5, extent).field(15, 2);
  }

  private static <K> int index(Map<K, Integer> table, K key) {
    Integer known = table.get(key);
    if (known != null) {
      return known;
    }
    table.put(key, table.size());
    return table.size() - 1;
  }

  private static Object whole(Object value) {
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  private static ByteSink valueMessage(Object value) {
    ByteSink out = new ByteSink();
    if (value instanceof String text) {
      return out.field(1, text);
    }
    if (value instanceof Double number) {
      return out.varint((3 << 3) | 1).littleEndian(Double.doubleToLongBits(number), 8);
    }
    if (value instanceof Long number) {
      return number >= 0 ? out.field(5, number) : out.field(6, (number << 1) ^ (number >> 63));
    }
    if (value instanceof Boolean truth) {
      return out.field(7, truth ? 1 : 0);
    }
    throw new IllegalArgumentException("no tile value for " + value.getClass().getName());
  }
}
