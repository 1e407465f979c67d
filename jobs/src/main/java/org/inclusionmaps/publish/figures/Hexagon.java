package org.inclusionmaps.publish.figures;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.inclusionmaps.grid.Places;
import org.jspecify.annotations.Nullable;

/**
 * A place with its totals, as one resolution shows it.
 *
 * @param resolution which shows it
 * @param place H3 index; of a coarser resolution where nothing finer may be shown
 */
public record Hexagon(int resolution, long place, Totals totals) {

  /**
   * Hexagons of several resolutions, each of a resolution in its order.
   *
   * @param rows of {@link PlaceTotals}, in order of places
   * @param resolutions from the finest on; at most that of the places
   * @param sensitive what is shown coarsely alone
   */
  public static Iterator<Hexagon> of(
      Iterator<Row> rows, List<Integer> resolutions, SensitivePlaces sensitive) {
    return pyramid(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Hexagon next() {
            Row row = rows.next();
            long place = sensitive.shown(row.getLong(0));
            return new Hexagon(Places.resolution(place), place, Totals.of(row, PlaceTotals.TOTALS));
          }
        },
        resolutions);
  }

  /** Whether the resolution shows it as one of its own. */
  public boolean ofItsResolution() {
    return Places.resolution(place) == resolution;
  }

  /** The same from finer hexagons, in order, those of one place next to each other. */
  public static Iterator<Hexagon> pyramid(Iterator<Hexagon> finer, List<Integer> resolutions) {
    return new Pyramid(finer, resolutions);
  }

  /**
   * Sums the hexagons of one place; when the next begins, hands on the sum, and adds it to the
   * coarser.
   */
  private static final class Pyramid implements Iterator<Hexagon> {
    private final Iterator<Hexagon> finer;
    private final List<Integer> resolutions;
    private final @Nullable Hexagon[] open;
    private final ArrayDeque<Hexagon> done = new ArrayDeque<>();

    Pyramid(Iterator<Hexagon> finer, List<Integer> resolutions) {
      this.finer = finer;
      this.resolutions = resolutions;
      this.open = new @Nullable Hexagon[resolutions.size()];
    }

    @Override
    public boolean hasNext() {
      while (done.isEmpty() && finer.hasNext()) {
        add(0, finer.next());
      }
      for (int level = 0; done.isEmpty() && level < open.length; level++) {
        close(level);
      }
      return !done.isEmpty();
    }

    @Override
    public Hexagon next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return done.remove();
    }

    private void add(int level, Hexagon hexagon) {
      if (level == open.length) {
        return;
      }
      int resolution = resolutions.get(level);
      long place =
          Places.resolution(hexagon.place()) <= resolution
              ? hexagon.place()
              : Places.parent(hexagon.place(), resolution);
      Hexagon here = open[level];
      if (here == null || here.place() != place) {
        close(level);
        here = new Hexagon(resolution, place, Totals.none(hexagon.totals().groups()));
        open[level] = here;
      }
      here.totals().add(hexagon.totals());
    }

    private void close(int level) {
      Hexagon finished = open[level];
      if (finished != null) {
        open[level] = null;
        done.add(finished);
        add(level + 1, finished);
      }
    }
  }
}
