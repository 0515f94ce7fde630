/**
 * A list of records that survives a reload, in the browser's storage. It has at most `mostBytes`
 * bytes there: the oldest records are dropped first. Where storage is refused or full, the list
 * lasts as long as the page.
 */
export class KeptList {
  #name;
  #mostBytes;

  constructor(name, mostBytes) {
    this.#name = name;
    this.#mostBytes = mostBytes;
  }

  /** The records as they were saved, oldest first. */
  load() {
    try {
      const records = JSON.parse(localStorage.getItem(this.#name) ?? "[]");
      return Array.isArray(records) ? records.filter((record) => record && typeof record === "object") : [];
    } catch {
      return [];
    }
  }

  /** Replaces all records. */
  save(records) {
    const texts = records.map((record) => JSON.stringify(record));
    // The storage counts UTF-16 units, two bytes each; one more for the comma.
    let bytes = 2 * this.#name.length + 4;
    let first = texts.length;
    while (first > 0 && bytes + 2 * texts[first - 1].length + 2 <= this.#mostBytes) {
      first -= 1;
      bytes += 2 * texts[first].length + 2;
    }
    try {
      localStorage.setItem(this.#name, `[${texts.slice(first).join()}]`);
    } catch {
      // A full or forbidden storage costs the reload its records and nothing else.
    }
  }
}
