package org.inclusionmaps.measurement;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a task's row groups, a batch at a time: the cell of each row that counts, and how
 * many do not count for which reason.
 */
final class SubscriptionRows implements AutoCloseable {
  static final int BATCH = 4096;

  /** Which columns hold identifiers, and what is asked of the rows. */
  record Asked(String sim, String person, boolean units, boolean ranks, boolean amounts)
      implements Serializable {}

  /** The cell of each row that counts, below zero for the others. */
  final int[] cell = new int[BATCH];

  final AmountColumn amount = new AmountColumn("data_mb_30", BATCH);
  final IdColumn sim;
  final IdColumn person;

  private final long[] excluded = new long[Excluded.values().length];
  private final Asked asked;
  private final Configuration hadoop;
  private final int groupBits;
  private final CodeColumn days;
  private final CodeColumn machine;
  private final CodeColumn birthYear;
  private final CodeColumn operator;
  private final CodeColumn sex;
  private final CodeColumn place;
  private final List<ColumnPages> columns;
  private final Iterator<RowGroups.Group> groups;
  private String file = "";
  private @Nullable ParquetFileReader reader;
  private @Nullable PageReadStore pages;
  private long left;

  SubscriptionRows(
      RowGroups.Share share, CountFrame frame, SipHash hash, Asked asked, Configuration hadoop) {
    this.groups = share.groups().iterator();
    this.asked = asked;
    this.hadoop = hadoop;
    this.groupBits = frame.groupBits();
    LeafTable leaves = frame.leafTable();
    int inactive = Excluded.INACTIVE.code();
    int isMachine = Excluded.MACHINE.code();
    days = CodeColumn.numbers("active_days_90", BATCH, days -> days > 0 ? 0 : inactive, inactive);
    machine = CodeColumn.numbers("machine", BATCH, is -> is == 0 ? 0 : isMachine, 0);
    birthYear =
        CodeColumn.numbers("birth_year", BATCH, frame::birthYearCode, frame.noBirthYearCode());
    operator =
        CodeColumn.texts(Tables.OPERATOR, BATCH, frame::operatorCode, frame.noOperatorCode());
    sex = CodeColumn.texts(Tables.SEX, BATCH, frame::sexCode, frame.noSexCode());
    place = CodeColumn.numbers("home_place", BATCH, leaves, Excluded.NO_PLACE.code());
    sim = new IdColumn(asked.sim, BATCH, hash, 1);
    person = new IdColumn(asked.person, BATCH, hash, 0);
    columns = new ArrayList<>(List.of(days, machine, birthYear, operator, sex, place));
    if (asked.amounts) {
      columns.add(amount);
    }
    if (asked.units) {
      columns.add(person);
      columns.add(sim);
    }
  }

  /** How many rows do not count, by reason. */
  long[] excluded() {
    return excluded;
  }

  /** Reads the next batch; how many rows it has, 0 at the end. */
  int next() {
    try {
      while (left == 0) {
        if (!groups.hasNext()) {
          return 0;
        }
        open(groups.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int rows = (int) Math.min(left, BATCH);
    left -= rows;
    days.read(rows);
    machine.read(rows);
    birthYear.read(rows);
    operator.read(rows);
    sex.read(rows);
    place.read(rows);
    cells(rows);
    if (asked.units) {
      identify(rows);
    }
    if (asked.amounts) {
      amount.read(rows);
    }
    return rows;
  }

  private void open(RowGroups.Group group) throws IOException {
    if (pages != null) {
      pages.close();
      pages = null;
    }
    if (reader == null || !file.equals(group.file())) {
      close();
      reader = RowGroups.open(group.file(), hadoop);
      file = group.file();
      MessageType all = reader.getFileMetaData().getSchema();
      List<Type> wanted = new ArrayList<>();
      for (ColumnPages column : columns) {
        if (all.containsField(column.name())) {
          wanted.add(all.getType(column.name()));
        }
      }
      reader.setRequestedSchema(new MessageType(all.getName(), wanted));
    }
    MessageType schema = reader.getFileMetaData().getSchema();
    PageReadStore store = reader.readRowGroup(group.number());
    pages = store;
    left = group.rows();
    for (ColumnPages column : columns) {
      if (schema.containsField(column.name())) {
        ColumnDescriptor descriptor = schema.getColumnDescription(new String[] {column.name()});
        column.start(store.getPageReader(descriptor), descriptor);
      } else {
        column.start(null, null);
      }
    }
  }

  private void cells(int rows) {
    int[] d = days.codes;
    int[] m = machine.codes;
    int[] b = birthYear.codes;
    int[] o = operator.codes;
    int[] s = sex.codes;
    int[] p = place.codes;
    for (int i = 0; i < rows; i++) {
      if ((d[i] | m[i] | b[i] | o[i] | p[i]) >= 0) {
        cell[i] = (p[i] << groupBits) + o[i] + s[i] + b[i];
      } else {
        int why = d[i] < 0 ? d[i] : m[i] < 0 ? m[i] : b[i] < 0 ? b[i] : o[i] < 0 ? o[i] : p[i];
        excluded[-1 - why]++;
        cell[i] = -1;
      }
    }
  }

  /** Ranks SIMs, and names units: persons, or SIMs where the person is not known. */
  private void identify(int rows) {
    for (int i = 0; i < rows; i++) {
      person.wanted[i] = cell[i] < 0 ? IdColumn.NOTHING : IdColumn.UNIT;
    }
    person.read(rows);
    byte rank = asked.ranks ? IdColumn.RANK : IdColumn.NOTHING;
    byte both = (byte) (rank | IdColumn.UNIT);
    for (int i = 0; i < rows; i++) {
      sim.wanted[i] = cell[i] < 0 ? IdColumn.NOTHING : person.known[i] ? rank : both;
    }
    sim.read(rows);
    for (int i = 0; i < rows; i++) {
      if (cell[i] >= 0 && !sim.known[i]) {
        excluded[Excluded.NO_SIM.number()]++;
        cell[i] = -1;
      } else if (!person.known[i]) {
        person.unit[i] = sim.unit[i];
        person.unitMore[i] = sim.unitMore[i];
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (pages != null) {
      pages.close();
      pages = null;
    }
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
