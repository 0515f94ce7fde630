import { captionsSince } from "./api.js";
import { serverTime } from "./clock.js";
import { byId } from "./dom.js";
import { Tile } from "./tile.js";

const TICK_MS = 1000;
const CAPTION_AGE_MS = 60_000;
const MOST_AT_ONCE = 2;

/** All cameras. Only those in view are followed and have their pictures fetched. */
export class Grid {
  #cameras;
  #feed;
  #subscriptions;
  #list = byId("tiles");
  #tiles = new Map();
  #inView = new Set();
  #toldOf = new Set();
  #queue = [];
  #reading = 0;
  #open = false;
  #sight = new IntersectionObserver((entries) => this.#seen(entries));

  constructor(cameras, feed, subscriptions) {
    this.#cameras = cameras;
    this.#feed = feed;
    this.#subscriptions = subscriptions;
    setInterval(() => this.#inView.forEach((id) => this.#tiles.get(id)?.tick()), TICK_MS);
  }

  /** The grid comes into view. */
  open() {
    this.#open = true;
    this.update();
    // Observed anew, so that what is in view is reported even where nothing moved meanwhile.
    for (const { root } of this.#tiles.values()) {
      this.#sight.unobserve(root);
      this.#sight.observe(root);
    }
  }

  /** The grid leaves the view: nothing is fetched for it any more. */
  close() {
    this.#open = false;
    this.#inView.forEach((id) => this.#leave(id));
  }

  /** Shows what is new about the cameras. */
  update() {
    const cameras = this.#cameras.list;
    for (const [id, tile] of this.#tiles) {
      if (!this.#cameras.get(id)) {
        this.#sight.unobserve(tile.root);
        this.#leave(id);
        tile.root.remove();
        this.#tiles.delete(id);
        this.#toldOf.delete(id);
      }
    }
    cameras.forEach((camera, place) => {
      const tile = this.#tiles.get(camera.id) ?? this.#add(camera);
      tile.update(camera);
      if (this.#list.children[place] !== tile.root) {
        this.#list.insertBefore(tile.root, this.#list.children[place] ?? null);
      }
    });
    byId("grid-summary").textContent = summary(cameras);
  }

  /** Takes a caption of a camera as it comes. */
  caption(id, caption) {
    this.#tiles.get(id)?.caption(caption);
  }

  /** Moves the focus to a camera's tile, or to the grid's title. */
  focus(id) {
    const link = this.#tiles.get(id)?.root.querySelector("a") ?? byId("grid-title");
    link.focus();
  }

  #add(camera) {
    const tile = new Tile(camera);
    this.#tiles.set(camera.id, tile);
    this.#sight.observe(tile.root);
    return tile;
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const { id } = target.dataset;
      if (isIntersecting && this.#open) {
        this.#enter(id);
      } else {
        this.#leave(id);
      }
    }
  }

  #enter(id) {
    const tile = this.#tiles.get(id);
    if (!tile || this.#inView.has(id)) {
      return;
    }
    this.#inView.add(id);
    tile.enter();
    this.#feed.watch(id, (picture) => tile.show(picture));
    this.#subscriptions.follow(id);
    if (!this.#toldOf.has(id)) {
      this.#toldOf.add(id);
      this.#queue.push(id);
      this.#readCaptions();
    }
  }

  #leave(id) {
    if (this.#inView.delete(id)) {
      this.#feed.unwatch(id);
      this.#subscriptions.unfollow(id);
      if (this.#queue.includes(id)) {
        this.#queue = this.#queue.filter((waiting) => waiting !== id);
        this.#toldOf.delete(id);
      }
    }
  }

  /** The last caption of a camera that has just come into view; few are read at once. */
  async #readCaptions() {
    if (this.#reading >= MOST_AT_ONCE || this.#queue.length === 0) {
      return;
    }
    this.#reading += 1;
    const id = this.#queue.shift();
    const past = await captionsSince(id, new Date(serverTime() - CAPTION_AGE_MS)).catch(() => []);
    past.forEach((caption) => this.#tiles.get(id)?.caption(caption, true));
    this.#reading -= 1;
    this.#readCaptions();
  }
}

function summary(cameras) {
  const counts = new Map();
  cameras.forEach(({ state }) => counts.set(state, (counts.get(state) ?? 0) + 1));
  const order = ["live", "connecting", "stalled", "failed", "ended", "paused"];
  return order
    .filter((state) => counts.has(state))
    .map((state) => `${counts.get(state)} ${state}`)
    .join(" · ");
}
