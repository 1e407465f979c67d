package org.inclusionmaps.publish.desktop;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.inclusionmaps.publish.writing.Resources;
import org.inclusionmaps.publish.writing.Sqlite;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * A GeoPackage on this machine's disk, written once from its first to its last row: layers with a
 * spatial index, what each column is, and a style. The same rows give the same bytes: the size of
 * pages is fixed and every date is the one given. Source: OGC GeoPackage 1.3, with its extensions
 * gpkg_rtree_index and gpkg_schema; layer_styles as QGIS reads it.
 */
final class GeoPackage implements AutoCloseable {
  static final String ID = "fid";
  static final String GEOMETRY = "geom";

  /** WGS 84, in which outlines are. */
  static final int WGS84 = 4326;

  private static final int APPLICATION = 0x47504B47;
  private static final int VERSION = 10300;
  private static final String FOLDER = "geopackage/";

  private final Connection connection;
  private final String date;

  /**
   * A column beside row number and outline.
   *
   * @param type TEXT, INTEGER or DOUBLE
   * @param title unit and the like, for people
   */
  record Column(String name, String type, String title, String description) {}

  /**
   * A layer.
   *
   * @param name of its table: letters, digits and low lines
   * @param title for people
   * @param geometryType as MULTIPOLYGON
   */
  record Layer(
      String name, String title, String description, String geometryType, List<Column> columns) {}

  /** Takes the rows of a layer. */
  interface Rows {
    /**
     * Adds one row.
     *
     * @param values of the columns, null where absent
     * @param outline null where there is none
     */
    void add(List<? extends @Nullable Object> values, @Nullable GeoPackageOutline outline)
        throws SQLException;
  }

  /** Hands over the rows of a layer, in their order. */
  interface Source {
    void into(Rows rows) throws SQLException;
  }

  private GeoPackage(Connection connection, String date) {
    this.connection = connection;
    this.date = date + "T00:00:00.000Z";
  }

  /**
   * Begins a file.
   *
   * @param file an empty file
   * @param date that the contents stand for, as 2026-01-01
   */
  static GeoPackage create(Path file, String date) throws SQLException {
    Connection connection = Sqlite.connect(file, APPLICATION, VERSION);
    try {
      GeoPackage made = new GeoPackage(connection, date);
      made.run("base.sql", "");
      return made;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Writes a layer with all its rows. */
  void layer(Layer layer, Source source) throws SQLException {
    update(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, NULL, NULL, NULL, NULL, ?)",
        layer.name(),
        layer.title(),
        layer.description(),
        date,
        WGS84);
    update(
        "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
        layer.name(),
        GEOMETRY,
        layer.geometryType(),
        WGS84);
    String columns =
        layer.columns().stream()
            .map(column -> ", " + quoted(column.name()) + " " + column.type())
            .collect(Collectors.joining());
    execute(
        "CREATE TABLE %s (%s INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, %s %s%s)"
            .formatted(quoted(layer.name()), ID, GEOMETRY, layer.geometryType(), columns));
    for (Column column : layer.columns()) {
      update(
          "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, NULL)",
          layer.name(),
          column.name(),
          column.title(),
          column.description());
    }
    run("index.sql", layer.name());
    Envelope box = rows(layer, source);
    if (!box.isNull()) {
      update(
          "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
          box.getMinX(),
          box.getMinY(),
          box.getMaxX(),
          box.getMaxY(),
          layer.name());
    }
    run("triggers.sql", layer.name());
  }

  private Envelope rows(Layer layer, Source source) throws SQLException {
    Envelope all = new Envelope();
    String marks = String.join(", ", Collections.nCopies(layer.columns().size() + 2, "?"));
    try (PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO %s VALUES (%s)".formatted(quoted(layer.name()), marks));
        PreparedStatement box =
            connection.prepareStatement(
                "INSERT INTO %s VALUES (?, ?, ?, ?, ?)"
                    .formatted(quoted("rtree_" + layer.name() + "_" + GEOMETRY)))) {
      long[] id = {0};
      source.into(
          (values, outline) -> {
            id[0]++;
            row.setLong(1, id[0]);
            row.setBytes(2, outline == null ? null : outline.blob());
            for (int i = 0; i < values.size(); i++) {
              row.setObject(i + 3, values.get(i));
            }
            row.executeUpdate();
            if (outline != null) {
              Envelope here = outline.box();
              all.expandToInclude(here);
              set(box, id[0], here.getMinX(), here.getMaxX(), here.getMinY(), here.getMaxY());
              box.executeUpdate();
            }
          });
    }
    return all;
  }

  /** A style that QGIS draws a layer in, if it is the default. */
  void style(Layer layer, String name, String qml, boolean byDefault) throws SQLException {
    update(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            + " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
            + " update_time) VALUES ('', '', ?, ?, ?, ?, '', ?, ?, ?)",
        layer.name(),
        GEOMETRY,
        name,
        qml,
        byDefault,
        name,
        date);
  }

  /** Ends the file. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      update(
          "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
              + " VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)",
          date);
      connection.commit();
    }
  }

  private void run(String script, String table) throws SQLException {
    for (String line : Resources.text(GeoPackage.class, FOLDER + script).lines().toList()) {
      execute(line.replace("{t}", table));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
