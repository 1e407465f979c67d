// Releases: this one, and others of the same country whose folders lie beside it.
import { Archive } from "./archive.js";
import { Areas } from "./areas.js";
import { Book } from "./book.js";

export const release = JSON.parse(document.getElementById("release").textContent);

const protocol = new pmtiles.Protocol();
maplibregl.addProtocol("pmtiles", protocol.tile);
const opened = new Map();

/** The releases that can be chosen, this one first: id and date. */
export const releases = [{ id: release.release, date: release.date },
  ...(release.releases ?? []).filter(({ id }) => id !== release.release)];

export const dateOf = (id) => releases.find((one) => one.id === id)?.date ?? id;

async function open(id) {
  const own = id === release.release;
  const viewer = own ? new URL("./", location.href) : new URL(`../../${encodeURIComponent(id)}/viewer/`, location.href);
  const archive = new pmtiles.PMTiles(new Archive(new URL("../inclusion.pmtiles", viewer).href));
  const book = new Book(await archive.getMetadata());
  protocol.add(archive);
  return { id, own, book, areas: new Areas(viewer.href), tiles: `pmtiles://${archive.source.getKey()}` };
}

/** Opens a release: its codebook, its tiles and its areas. */
export function openRelease(id) {
  if (!opened.has(id)) {
    const made = open(id);
    opened.set(id, made);
    made.catch(() => opened.delete(id));
  }
  return opened.get(id);
}
