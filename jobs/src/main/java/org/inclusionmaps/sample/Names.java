package org.inclusionmaps.sample;

/** Made-up names, by syllables. */
final class Names {
  private static final String[] FIRST = {
    "ka", "ma", "su", "te", "vo", "ri", "lo", "sha", "na", "pe", "du", "mi", "za", "or", "el", "ba"
  };
  private static final String[] MIDDLE = {
    "la", "ren", "mo", "ti", "nu", "sa", "vi", "ro", "de", "lu", "ha", "no", "ke", "fi", "ya", "go"
  };
  private static final String[] LAST = {
    "ra", "len", "mar", "tu", "via", "do", "nis", "ko", "sel", "la", "rin", "pa", "tas", "ne", "lo"
  };

  private Names() {}

  /** A name of three syllables, or four, with a capital letter. */
  static String of(Draws draws, long id) {
    StringBuilder name = new StringBuilder(pick(FIRST, draws, id, 0));
    name.append(pick(MIDDLE, draws, id, 1));
    if (draws.uniform(What.NAME, id, 2) < 0.3) {
      name.append(pick(MIDDLE, draws, id, 3));
    }
    name.append(pick(LAST, draws, id, 4));
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.toString();
  }

  private static String pick(String[] syllables, Draws draws, long id, long nth) {
    return syllables[(int) (draws.uniform(What.NAME, id, nth) * syllables.length)];
  }
}
