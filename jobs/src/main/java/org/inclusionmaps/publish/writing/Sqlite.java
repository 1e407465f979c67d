package org.inclusionmaps.publish.writing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** SQLite files of which the same statements make the same bytes: the size of pages is fixed. */
public final class Sqlite {
  private static final int PAGE_BYTES = 4096;

  private Sqlite() {}

  /**
   * A connection to a file that is written once, in one transaction.
   *
   * @param application number by which programs know what the file is
   * @param version of its format
   */
  public static Connection connect(Path file, int application, int version) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setPageSize(PAGE_BYTES);
    config.setJournalMode(SQLiteConfig.JournalMode.OFF);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setApplicationId(application);
    config.setUserVersion(version);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }
}
