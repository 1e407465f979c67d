package org.inclusionmaps.publish.tiles;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.publish.writing.Sqlite;

/**
 * The same tiles as one SQLite file, for desktop programs that do not read PMTiles. The same tiles
 * give the same bytes. Source: MBTiles specification 1.3.
 */
final class Mbtiles implements AutoCloseable {
  static final String NAME = "inclusion.mbtiles";

  private static final int APPLICATION = 0x4d504258;

  private final Connection connection;
  private final PreparedStatement insert;

  private Mbtiles(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement tables = connection.createStatement()) {
      tables.execute("CREATE TABLE metadata (name text, value text)");
      tables.execute(
          "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)");
    }
    this.insert = connection.prepareStatement("INSERT INTO tiles VALUES (?, ?, ?, ?)");
  }

  /** Begins an archive in an empty file. */
  static Mbtiles create(Path file) throws SQLException {
    Connection connection = Sqlite.connect(file, APPLICATION, 0);
    try {
      return new Mbtiles(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Adds a tile.
   *
   * @param id by {@link TileId#of}
   * @param gzipped the vector tile, compressed with gzip
   */
  void add(long id, byte[] gzipped) throws SQLException {
    int zoom = TileId.zoom(id);
    insert.setInt(1, zoom);
    insert.setInt(2, TileId.x(id));
    insert.setInt(3, (1 << zoom) - 1 - TileId.y(id)); // rows count from the south
    insert.setBytes(4, gzipped);
    insert.executeUpdate();
  }

  /**
   * Adds what is known of all tiles. Nothing may be added after.
   *
   * @param about name, description, attribution and version
   * @param json with {@code vector_layers}
   */
  void finish(Map<String, String> about, String json, Bounds bounds, int maxZoom)
      throws SQLException {
    try (PreparedStatement metadata =
        connection.prepareStatement("INSERT INTO metadata VALUES (?, ?)")) {
      for (Map.Entry<String, String> entry : about.entrySet()) {
        put(metadata, entry.getKey(), entry.getValue());
      }
      put(metadata, "format", "pbf");
      put(metadata, "type", "overlay");
      put(metadata, "minzoom", "0");
      put(metadata, "maxzoom", String.valueOf(maxZoom));
      put(
          metadata,
          "bounds",
          String.format(
              Locale.ROOT,
              "%.7f,%.7f,%.7f,%.7f",
              bounds.west(),
              bounds.south(),
              bounds.east(),
              bounds.north()));
      put(metadata, "json", json);
    }
    try (Statement index = connection.createStatement()) {
      index.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)");
    }
    connection.commit();
  }

  private static void put(PreparedStatement metadata, String name, String value)
      throws SQLException {
    metadata.setString(1, name);
    metadata.setString(2, value);
    metadata.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
