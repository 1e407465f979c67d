package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The operators' subscriptions, with what makes them hard to read: persons with several SIMs, SIMs
 * registered to somebody else, idle SIMs and machines.
 */
final class Sims {
  /** Year that birth years count back from. */
  static final int YEAR = 2025;

  private static final double SECOND_SIM = 0.36;
  private static final double THIRD_SIM = 0.06;
  private static final double WOMAN_AS_MAN = 0.25;
  private static final double MAN_AS_WOMAN = 0.05;
  private static final double MACHINES_A_PERSON = 0.03;
  private static final double HOME_UNKNOWN = 0.02;
  private static final double IDLE_FIRST = 0.15;
  private static final double IDLE_OTHER = 0.4;
  private static final long MACHINE_BIT = 1L << 62;

  private final Draws draws;
  private final People people;

  private Sims(Draws draws, People people) {
    this.draws = draws;
    this.people = people;
  }

  /** Homes to the table of subscriptions. */
  static Dataset<Row> of(Dataset<Row> homes, Draws draws, People people) {
    MapPartitionsFunction<Row, Row> each = some -> each(some, draws, people);
    return homes.mapPartitions(each, Encoders.row(Tables.SUBSCRIPTIONS.schema()));
  }

  private static Iterator<Row> each(Iterator<Row> homes, Draws draws, People people) {
    Sims sims = new Sims(draws, people);
    return new Chain<>(
        homes, row -> sims.at(HomeRows.fromRow(row), row.<Long>getAs("place"), row).iterator());
  }

  private List<Row> at(Home home, long place, Row cells) {
    List<Row> rows = new ArrayList<>();
    for (long nth = 0; nth < home.persons(); nth++) {
      Person person = people.of(home, nth);
      if (person.adult()) {
        ofPerson(rows, home, place, cells, person);
      }
    }
    double expected = MACHINES_A_PERSON * home.persons();
    long machines = (long) StrictMath.floor(expected + draws.uniform(What.MACHINE, home.id()));
    for (int i = 0; i < machines; i++) {
      rows.add(machine(home, place, cells, i));
    }
    return rows;
  }

  private void ofPerson(List<Row> rows, Home home, long place, Row cells, Person person) {
    double phone = People.logistic(1.3 + 0.6 * person.education() - (person.disabled() ? 0.4 : 0));
    double signal = home.network() == 0 ? 0.35 : 1;
    if (!person.connected() && draws.uniform(What.PHONE, person.id()) > phone * signal) {
      return;
    }
    double more = draws.uniform(What.ADD_ON_SIM, person.id());
    int number = more < THIRD_SIM ? 3 : more < SECOND_SIM ? 2 : 1;
    List<Operator> had = new ArrayList<>();
    for (int nth = 0; nth < number; nth++) {
      Operator operator = operator(home.network(), person, nth, had);
      had.add(operator);
      rows.add(sim(home, place, cells, person, operator, nth));
    }
  }

  private Row sim(Home home, long place, Row cells, Person person, Operator operator, int nth) {
    long id = 4 * person.id() + nth;
    boolean used = person.connected() && (nth == 0 || data(home, operator, id));
    double idle = draws.uniform(What.SIM_USE, id);
    int days = days(id);
    if (nth == 0 && person.connected()) {
      days = StrictMath.max(30, days);
    } else if (!used && idle < (nth == 0 ? IDLE_FIRST : IDLE_OTHER)) {
      days = 0;
    }
    boolean woman = person.sex() == Sex.FEMALE;
    boolean other = draws.uniform(What.SIM_SEX, id) < (woman ? WOMAN_AS_MAN : MAN_AS_WOMAN);
    Sex registered = other ? person.sex().other() : person.sex();
    double lender = 20 + 45 * draws.uniform(What.BIRTH_YEAR, id);
    int birthYear = YEAR - (other ? (int) lender : person.age());
    return RowFactory.create(
        pseudonym(What.SIM, id),
        pseudonym(What.PHONE, person.id()),
        operator.code(),
        home(place, id),
        homeKnown(id) ? HomeCells.of(cells, operator, id, draws) : null,
        registered.label(),
        birthYear,
        days,
        used ? megabytes(id) : 0.0,
        false);
  }

  private Row machine(Home home, long place, Row cells, int nth) {
    long id = MACHINE_BIT + 4_096 * home.id() + nth;
    Operator operator = choose(id, any -> any != Operator.CITY);
    int days = 80 + (int) (11 * draws.uniform(What.ACTIVE_DAYS, id));
    double megabytes = 1 + StrictMath.floor(20 * draws.uniform(What.DATA_USED, id));
    return RowFactory.create(
        pseudonym(What.SIM, id),
        null,
        operator.code(),
        home(place, id),
        homeKnown(id) ? HomeCells.of(cells, operator, id, draws) : null,
        null,
        null,
        days,
        megabytes,
        true);
  }

  private @Nullable Long home(long place, long id) {
    return homeKnown(id) ? place : null;
  }

  private boolean homeKnown(long id) {
    return draws.uniform(What.HOME_KNOWN, id) >= HOME_UNKNOWN;
  }

  private boolean data(Home home, Operator operator, long id) {
    return Network.usable(home.network(), operator) && draws.uniform(What.DATA_USED, id, 1) < 0.5;
  }

  private int days(long id) {
    return 1 + (int) (90 * StrictMath.sqrt(draws.uniform(What.ACTIVE_DAYS, id)));
  }

  private double megabytes(long id) {
    double drawn = StrictMath.exp(7.2 + 0.8 * draws.normal(What.DATA_USED, id));
    return 10 * StrictMath.max(1, StrictMath.rint(drawn / 10));
  }

  /** The operator of a SIM: one that serves the home, another one for a further SIM if there is. */
  private Operator operator(int network, Person person, int nth, List<Operator> had) {
    Predicate<Operator> fits =
        person.connected() && nth == 0
            ? operator -> Network.usable(network, operator)
            : operator -> Network.atLeast(network, operator, Technology.G2);
    Predicate<Operator> another = fits.and(operator -> !had.contains(operator));
    long id = 4 * person.id() + nth;
    for (Predicate<Operator> wish : List.of(another, fits)) {
      for (Operator operator : Operator.values()) {
        if (wish.test(operator)) {
          return choose(id, wish);
        }
      }
    }
    return choose(id, any -> true);
  }

  private Operator choose(long id, Predicate<Operator> allowed) {
    double sum = 0;
    for (Operator operator : Operator.values()) {
      sum += allowed.test(operator) ? operator.liking() : 0;
    }
    double left = sum * draws.uniform(What.SIM_OPERATOR, id);
    Operator chosen = Operator.INCUMBENT;
    for (Operator operator : Operator.values()) {
      if (allowed.test(operator)) {
        chosen = operator;
        left -= operator.liking();
        if (left < 0) {
          break;
        }
      }
    }
    return chosen;
  }

  /** A name that tells nothing, different for each id because the mixing loses no bit. */
  private String pseudonym(What what, long id) {
    return HexFormat.of().toHexDigits(draws.bits(what, id, 0));
  }
}
