package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Groups of persons: the product of dimensions such as sex and age, each with the margin of all its
 * categories. A group is a number from 0 on; 0 is the total. Dimensions and categories are sorted
 * by name, so that the order of the input changes nothing.
 */
public final class Groups {
  /** All persons, as one group. */
  public static final int TOTAL = 0;

  /** Dimensions are the bits of an int. */
  private static final int MOST_DIMENSIONS = 8;

  private final List<Dimension> dimensions;
  private final int[] strides;
  private final int size;

  /**
   * What persons are split by. Each person is in one category, so "unknown" is one of them.
   *
   * @param name such as sex
   * @param categories at least two, each once; they add up to all persons
   * @param unknown the category of those of whom nothing is told; empty text where there is none
   */
  public record Dimension(String name, List<String> categories, String unknown) {
    /** Each category tells something of its persons. */
    public Dimension(String name, List<String> categories) {
      this(name, categories, "");
    }

    /** Refuses what is no split of persons. */
    public Dimension {
      if (categories.size() < 2 || Set.copyOf(categories).size() < categories.size()) {
        throw new IllegalArgumentException(
            "dimension %s has the categories %s but needs two or more, each once"
                .formatted(name, categories));
      }
      categories = categories.stream().sorted().toList();
    }
  }

  private Groups(List<Dimension> dimensions) {
    this.dimensions = dimensions.stream().sorted(Comparator.comparing(Dimension::name)).toList();
    strides = new int[dimensions.size()];
    int product = 1;
    for (int i = 0; i < strides.length; i++) {
      strides[i] = product;
      product = Math.multiplyExact(product, this.dimensions.get(i).categories().size() + 1);
    }
    size = product;
  }

  /** The groups of some dimensions; of none there is the total alone. */
  public static Groups of(Dimension... dimensions) {
    Set<String> names = new HashSet<>();
    for (Dimension dimension : dimensions) {
      if (!names.add(dimension.name())) {
        throw new IllegalArgumentException("dimension " + dimension.name() + " comes twice");
      }
    }
    if (dimensions.length > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "%d dimensions are more than %d".formatted(dimensions.length, MOST_DIMENSIONS));
    }
    return new Groups(List.of(dimensions));
  }

  /** How many groups there are, margins and total among them. */
  public int size() {
    return size;
  }

  /**
   * The group of a category of each dimension, in the dimensions' order by name.
   *
   * @param categories as many as dimensions; empty text for all of a dimension
   */
  public int group(String... categories) {
    if (categories.length != strides.length) {
      throw new IllegalArgumentException(
          "%d categories for %d dimensions".formatted(categories.length, strides.length));
    }
    int group = 0;
    for (int i = 0; i < strides.length; i++) {
      int category = dimensions.get(i).categories().indexOf(categories[i]) + 1;
      if (category == 0 && !categories[i].isEmpty()) {
        throw new IllegalArgumentException(
            "%s is no category of %s".formatted(categories[i], dimensions.get(i).name()));
      }
      group += category * strides[i];
    }
    return group;
  }

  /** Its public name, such as "age=15-24, sex=female", or "total". */
  public String name(int group) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < strides.length; i++) {
      int category = category(group, i);
      if (category > 0) {
        Dimension dimension = dimensions.get(i);
        parts.add(dimension.name() + "=" + dimension.categories().get(category - 1));
      }
    }
    return parts.isEmpty() ? "total" : String.join(", ", parts);
  }

  /** The dimensions of these names, as bits. */
  int bits(Set<String> names) {
    int bits = 0;
    for (String name : names) {
      int at = dimensions.stream().map(Dimension::name).toList().indexOf(name);
      if (at < 0) {
        throw new IllegalArgumentException(name + " is no dimension");
      }
      bits |= 1 << at;
    }
    return bits;
  }

  /** The dimensions in which a group is not all, as bits. */
  int bits(int group) {
    int bits = 0;
    for (int i = 0; i < strides.length; i++) {
      bits |= category(group, i) > 0 ? 1 << i : 0;
    }
    return bits;
  }

  /** Whether a group's category of a dimension says something of a person. */
  boolean tells(int group, int dimension) {
    int category = category(group, dimension);
    Dimension of = dimensions.get(dimension);
    return category > 0 && !of.categories().get(category - 1).equals(of.unknown());
  }

  /** Whether nothing is known of a group's persons in some dimension. */
  boolean isUnknown(int group) {
    for (int i = 0; i < strides.length; i++) {
      if (category(group, i) > 0 && !tells(group, i)) {
        return true;
      }
    }
    return false;
  }

  int dimensions() {
    return strides.length;
  }

  /** How many categories a dimension has, without all. */
  int categories(int dimension) {
    return dimensions.get(dimension).categories().size();
  }

  /** 0 for all of the dimension, else the category from 1 on. */
  int category(int group, int dimension) {
    return group / strides[dimension] % (categories(dimension) + 1);
  }

  /** The group with another category of one dimension; 0 for all of it. */
  int with(int group, int dimension, int category) {
    return group + (category - category(group, dimension)) * strides[dimension];
  }
}
