// Where the PMTiles library reads from: byte ranges, or the whole archive from a server that knows no ranges.
export class Archive {
  #url;
  #whole = null;

  constructor(url) {
    this.#url = url;
  }

  getKey() {
    return this.#url;
  }

  async getBytes(offset, length, signal) {
    if (this.#whole) {
      return { data: (await this.#whole).slice(offset, offset + length) };
    }
    const range = `bytes=${offset}-${offset + length - 1}`;
    const response = await fetch(this.#url, { headers: { Range: range }, signal });
    if (response.status === 206) {
      return { data: await response.arrayBuffer() };
    }
    if (!response.ok) {
      throw new Error(`${response.status} ${response.statusText} for ${this.#url}`);
    }
    const whole = response.arrayBuffer();
    this.#whole = whole;
    whole.catch(() => { this.#whole = null; });
    return { data: (await whole).slice(offset, offset + length) };
  }
}
