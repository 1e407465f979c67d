package org.inclusionmaps.grid;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Which of areas that hold each other is the deepest one that holds a point. */
public final class AreaLevels implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Indexes of the areas of a level, the deepest first. */
  private final ArrayList<AreaIndex> deepestFirst = new ArrayList<>();

  private AreaLevels() {}

  /** Areas by their depth. */
  public static AreaLevels of(SortedMap<Integer, List<AreaIndex.Area>> areas) {
    AreaLevels levels = new AreaLevels();
    for (Map.Entry<Integer, List<AreaIndex.Area>> level : areas.entrySet()) {
      levels.deepestFirst.add(0, AreaIndex.of(level.getValue()));
    }
    return levels;
  }

  /** The deepest area that holds a point; of areas of one level as {@link AreaIndex#at}. */
  public Optional<String> at(double lon, double lat) {
    for (AreaIndex level : deepestFirst) {
      Optional<String> area = level.at(lon, lat);
      if (area.isPresent()) {
        return area;
      }
    }
    return Optional.empty();
  }

  /** The areas as bytes, which travel whatever serializer is set. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The areas of {@link #toBytes}. */
  public static AreaLevels fromBytes(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (AreaLevels) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("the bytes are no areas", e);
    }
  }
}
