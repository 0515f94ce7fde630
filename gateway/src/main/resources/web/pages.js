import { byId, showText } from "./dom.js";
import { routeOf } from "./route.js";

const SECTIONS = { loading: "loading", welcome: "welcome", grid: "grid", camera: "stage", answer: "answer" };

/**
 * Which part of the page is in view: the grid, one camera, one answer, or a welcome where there is
 * no camera. The address decides; where there is one camera only, it takes the grid's place.
 */
export class Pages {
  #cameras;
  #view;
  #grid;
  #answer;
  #picker;
  #shown = "loading";
  #detail = null;
  #removed = null;

  constructor({ cameras, view, grid, answer, picker }) {
    this.#cameras = cameras;
    this.#view = view;
    this.#grid = grid;
    this.#answer = answer;
    this.#picker = picker;
    window.addEventListener("hashchange", () => this.#follow());
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      byId("content").focus();
    });
    for (const id of ["home", "back"]) {
      byId(id).addEventListener("click", (event) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
          event.preventDefault();
          this.home();
        }
      });
    }
  }

  /** Goes to the first view. */
  home() {
    if (location.hash) {
      history.pushState(null, "", location.pathname + location.search);
    }
    this.#follow();
  }

  /** A camera is about to be removed here: it is no news then that it is gone. */
  removes(id) {
    this.#removed = id;
  }

  /** Shows what is new about the cameras. */
  update() {
    this.#go(false);
  }

  #follow() {
    this.#go(true);
  }

  #go(moveFocus) {
    if (!this.#cameras.loaded) {
      return;
    }
    const { list } = this.#cameras;
    const left = this.#detail;
    if (this.#shown === "camera" && this.#cameras.get(left) === undefined) {
      this.#vanished(left);
    }
    const route = this.#resolved(routeOf(location.hash), list);
    if (route.view !== this.#shown || route.id !== left) {
      // What has the focus may leave the view.
      const loses = byId(SECTIONS[this.#shown]).contains(document.activeElement);
      this.#enter(route);
      if (moveFocus || loses) {
        this.#focus(route.view, left);
      }
    } else if (route.view === "camera") {
      this.#view.update(this.#cameras.get(route.id));
    } else if (route.view === "grid") {
      this.#grid.update();
    }
    if (moveFocus && document.activeElement === document.body) {
      this.#focus(route.view, left);
    }
    byId("back").hidden = !(route.view === "answer" || (route.view === "camera" && list.length > 1));
    byId("picker-label").hidden = route.view !== "camera" || list.length < 2;
    this.#picker.update(list, route.view === "camera" ? route.id : null);
    document.title = this.#title(route);
  }

  #vanished(id) {
    history.replaceState(null, "", location.pathname + location.search);
    if (id !== this.#removed) {
      showText(byId("notice"), `The camera ${id} was removed.`);
    }
    this.#removed = null;
  }

  /** What an address comes to with these cameras: a removed camera's is the grid's. */
  #resolved(route, list) {
    if (route.view === "answer") {
      return { view: "answer", id: route.key };
    }
    if (list.length === 0) {
      return { view: "welcome", id: null };
    }
    const known = route.view === "camera" && this.#cameras.get(route.id) !== undefined;
    if (route.view === "camera" && !known && route.id !== this.#detail) {
      showText(byId("notice"), `There is no camera ${route.id}.`);
    }
    if (known) {
      return route;
    }
    return list.length === 1 ? { view: "camera", id: list[0].id } : { view: "grid", id: null };
  }

  #enter({ view, id }) {
    this.#view.close();
    this.#grid.close();
    this.#answer.close();
    this.#shown = view;
    this.#detail = id;
    document.body.dataset.view = view;
    for (const [name, section] of Object.entries(SECTIONS)) {
      byId(section).hidden = name !== view;
    }
    if (view === "camera") {
      this.#view.open(this.#cameras.get(id));
    } else if (view === "grid") {
      this.#grid.open();
    } else if (view === "answer") {
      this.#answer.open(id);
    }
    window.scrollTo(0, 0);
  }

  #focus(view, left) {
    if (view === "grid") {
      this.#grid.focus(left);
    } else {
      document.querySelector(`#${SECTIONS[view]} h2`)?.focus();
    }
  }

  #title({ view, id }) {
    const name = view === "camera" ? this.#cameras.get(id).name : view === "answer" ? "An answer" : null;
    return name ? `${name} · Flamingo Live` : "Flamingo Live";
  }
}
