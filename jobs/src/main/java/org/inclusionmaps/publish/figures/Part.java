package org.inclusionmaps.publish.figures;

import java.util.List;
import java.util.Locale;

/**
 * What the persons of a place or area are split into. They add up to the persons. Where nobody
 * knows who is connected, {@code UNAFFORDABLE} and {@code AFFORDABLE} stand in for the four parts
 * that need to know it.
 */
public enum Part {
  UNCOVERED("#d55e00", "Uncovered: no usable network where they live"),
  PRICED_OUT("#e69f00", "Priced out: covered, too dear, not connected"),
  BURDENED("#f0e442", "Burdened: connected, although too dear"),
  UNAFFORDABLE("#cc79a7", "Too dear; whether connected is not known"),
  HELD_BACK("#56b4e9", "Held back: covered, affordable, not connected"),
  INCLUDED("#009e73", "Included: connected and affordable"),
  AFFORDABLE("#0072b2", "Affordable; whether connected is not known"),
  UNKNOWN("#b8b8b8", "Not known: no data on networks there");

  private static final List<Part> ORDER = List.of(values());

  /** The parts that together lack affordable access. */
  public static final List<Part> LACKING = List.of(UNCOVERED, PRICED_OUT, BURDENED, UNAFFORDABLE);

  /** The parts that need to be known who is connected. */
  public static final List<Part> SPLIT = List.of(PRICED_OUT, BURDENED, HELD_BACK, INCLUDED);

  /** The parts that stand in for {@link #SPLIT}. */
  public static final List<Part> UNSPLIT = List.of(UNAFFORDABLE, AFFORDABLE);

  private final String colour;
  private final String label;

  Part(String colour, String label) {
    this.colour = colour;
    this.label = label;
  }

  /** Where the part stands in the list of parts, from 0. */
  public int index() {
    return ORDER.indexOf(this);
  }

  /** The start of column and attribute names. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The colour of Okabe and Ito (2008) that the viewer draws the part in. */
  public String colour() {
    return colour;
  }

  public String label() {
    return label;
  }

  /** The part in running text, without what explains it. */
  public String inWords() {
    return this == UNAFFORDABLE || this == AFFORDABLE
        ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1)
        : name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
