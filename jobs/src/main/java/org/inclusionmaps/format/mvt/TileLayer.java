package org.inclusionmaps.format.mvt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.format.ByteSink;

/**
 * One layer of a vector tile. Keys and values are held once and shared by the features, in the
 * order of their first use, so that the same features in the same order give the same bytes. A
 * feature is written by {@link #begin}, tags, and {@link #end}. Source: Mapbox Vector Tile
 * Specification 2.1, section 4.
 */
public final class TileLayer {
  /** The type of features that are points. */
  public static final int POINT = 1;

  /** The type of features that are polygons. */
  public static final int POLYGON = 3;

  private static final int UNUSED = -1;

  private final String name;
  private final int extent;
  private final List<String> keys;

  /** Of each key its place among those in use. */
  private final int[] usedKeys;

  private int used;
  private final ByteSink keyFields = new ByteSink();
  private final ByteSink valueFields = new ByteSink();
  private final ByteSink value = new ByteSink();
  private final Map<String, Integer> texts = new HashMap<>();
  private final NumberTable numbers = new NumberTable();
  private int values;
  private final ByteSink features = new ByteSink();
  private final ByteSink feature = new ByteSink();
  private final ByteSink tags = new ByteSink();
  private int count;

  /**
   * An empty layer.
   *
   * @param name the layer's name, one of a kind within its tile
   * @param extent units along the edge of the tile, such as 4096
   * @param keys names of attributes that features can have, each once
   */
  public TileLayer(String name, int extent, List<String> keys) {
    if (extent < 1) {
      throw new IllegalArgumentException("extent " + extent);
    }
    this.name = name;
    this.extent = extent;
    this.keys = List.copyOf(keys);
    this.usedKeys = new int[keys.size()];
    Arrays.fill(usedKeys, UNUSED);
  }

  /**
   * Begins a feature.
   *
   * @param id identifier within the layer, 0 or more, below 2^53 so that JavaScript keeps it whole
   */
  public void begin(long id) {
    if (id < 0 || id >= 1L << 53) {
      throw new IllegalArgumentException("feature id " + id);
    }
    feature.clear();
    tags.clear();
    feature.field(1, id);
  }

  /** Gives the feature that was begun a number; the key is a place in the list of keys. */
  public void tag(int key, long number) {
    int at = numbers.find(number);
    if (at == NumberTable.MISSING) {
      at = values;
      numbers.put(number, at);
      value.clear();
      if (number >= 0) {
        value.field(5, number);
      } else {
        value.field(6, (number << 1) ^ (number >> 63));
      }
      newValue();
    }
    tags.varint(used(key)).varint(at);
  }

  /** Gives the feature that was begun a text. */
  public void tag(int key, String text) {
    Integer at = texts.get(text);
    if (at == null) {
      at = values;
      texts.put(text, at);
      value.clear();
      value.field(1, text);
      newValue();
    }
    tags.varint(used(key)).varint(at);
  }

  /**
   * Ends the feature that was begun.
   *
   * @param type {@link #POINT} or {@link #POLYGON}
   * @param bytes holds the geometry, as {@link Geometries} writes it
   * @param from where it begins
   * @param length how long it is, 1 or more
   */
  public void end(int type, byte[] bytes, int from, int length) {
    if (tags.size() > 0) {
      feature.field(2, tags);
    }
    feature.field(3, type).varint((4 << 3) | 2).varint(length).raw(bytes, from, length);
    features.field(2, feature);
    count++;
  }

  /** How many features the layer holds. */
  public int count() {
    return count;
  }

  ByteSink message() {
    return new ByteSink()
        .field(1, name.getBytes(StandardCharsets.UTF_8))
        .append(features)
        .append(keyFields)
        .append(valueFields)
        .field(5, extent)
        .field(15, 2);
  }

  private int used(int key) {
    if (usedKeys[key] == UNUSED) {
      usedKeys[key] = used++;
      keyFields.field(3, keys.get(key));
    }
    return usedKeys[key];
  }

  private void newValue() {
    valueFields.field(4, value);
    values++;
  }
}
