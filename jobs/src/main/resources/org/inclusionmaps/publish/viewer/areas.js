// The areas of a release beside its tiles: an index to search, and figures with intervals in files of some areas each.
const DIGITS = 3;

/** Text without accents and case, to compare. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}

async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText} for ${url}`);
  return response.json();
}

/** Keeps what a promise gives, and forgets it if it fails, so that it is asked for again. */
function kept(kept, key, make) {
  if (!kept.has(key)) {
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
  }
  return kept.get(key);
}

export class Areas {
  #folder;
  #kept = new Map();

  /** @param folder the address of a release's viewer, with a slash at its end */
  constructor(folder) {
    this.#folder = folder;
  }

  /** All areas by level and id: {id, name, level, parent, box}; parent is a name, box may be null. */
  index() {
    return kept(this.#kept, "index", async () => {
      const { chunk, areas } = await json(new URL("areas.json", this.#folder));
      const list = areas.map(([id, name, level, parent, box], place) => (
        { id, name, level, parent, box, place, words: plain(name), code: plain(id) }));
      return { chunk, list, byId: new Map(list.map((area) => [area.id, area])) };
    });
  }

  /** One area with its figures: {properties, intervals, quality}; null if the release has no such area. */
  async figures(id) {
    const { chunk, byId } = await this.index();
    const area = byId.get(id);
    if (!area) return null;
    const number = String(Math.floor(area.place / chunk)).padStart(DIGITS, "0");
    const file = await kept(this.#kept, number, () => json(new URL(`figures/${number}.json`, this.#folder)));
    const { figures, intervals, quality } = file[id];
    return { properties: { ...figures, area: id, name: area.name, level: area.level }, intervals, quality };
  }

  /** The areas whose name or id has some text, the best first: same, starts with, has a word that does, has it. */
  async search(text, most) {
    const asked = plain(text.trim());
    if (asked === "") return [];
    const { list } = await this.index();
    const found = [];
    for (const area of list) {
      const rank = rankOf(area, asked);
      if (rank < 5) found.push([rank, area]);
    }
    found.sort(([a, x], [b, y]) => a - b || x.level - y.level || x.place - y.place);
    return found.slice(0, most).map(([, area]) => area);
  }
}

function rankOf({ words, code }, asked) {
  if (words === asked || code === asked) return 0;
  if (words.startsWith(asked)) return 1;
  if (code.startsWith(asked)) return 2;
  const at = words.indexOf(asked);
  if (at < 0) return 5;
  return /[\p{L}\p{N}]/u.test(words[at - 1]) ? 4 : 3;
}
