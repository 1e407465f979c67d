// What the attributes of the tiles are called and count: the codebook in the archive's metadata.
export class Book {
  #letters = new Map();

  constructor(metadata) {
    const book = metadata.codebook;
    if (!book) throw new Error(STRINGS.noBook);
    for (const [letter, measure] of Object.entries(book.measures)) this.#letters.set(measure.name, letter);
    const unit = book.measures[this.#letters.get("persons")].unit;
    this.groups = book.groups.map((group) => group.name);
    this.perPerson = Math.round(1 / Number.parseFloat(unit));
    this.resolutions = metadata.h3_resolution_by_zoom ?? {};
  }

  /** The attribute of a measure for a group by its name; "" if the release has none. */
  key(measure, group) {
    const letter = this.#letters.get(measure);
    const number = this.groups.indexOf(group);
    if (letter === undefined || number < 0) return "";
    return `${letter}${number}`;
  }

  /** The attribute of a measure that is told for everybody alone; "" if the release has none. */
  mean(measure) {
    return this.#letters.get(measure) ?? "";
  }
}

/** A group in words. */
export function groupLabel(group) {
  return STRINGS.groups[group] ?? STRINGS.ages(group);
}
