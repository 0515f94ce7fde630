import { addStream, changeStream } from "./api.js";
import { byId, showText } from "./dom.js";

const ID_LENGTH = 63;

/** The form for a new camera, and for changing one: its address, its name and its captions. */
export class CameraDialog {
  #dialog = byId("camera-dialog");
  #form = byId("camera-form");
  #cameras;
  #saved;
  #camera = null;
  #ownId = false;

  /** `saved(id, added)` is called when the server has taken a camera. */
  constructor(cameras, saved) {
    this.#cameras = cameras;
    this.#saved = saved;
    const { id, name } = this.#form.elements;
    id.addEventListener("input", () => {
      this.#ownId = id.value !== "";
    });
    name.addEventListener("input", () => {
      if (!this.#camera && !this.#ownId) {
        id.value = this.#freeId(name.value);
      }
    });
    byId("camera-cancel").addEventListener("click", () => this.#dialog.close());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  /** Opens it empty, with an id that no camera has. */
  add() {
    this.#open(null, { uri: "", name: "", id: this.#freeId(""), captions: true });
  }

  /** Opens it for a camera that exists. */
  edit(camera) {
    this.#open(camera, { ...camera, name: camera.name === camera.id ? "" : camera.name });
  }

  #open(camera, { uri, name, id, captions }) {
    this.#camera = camera;
    this.#ownId = false;
    const fields = this.#form.elements;
    fields.uri.value = uri;
    fields.name.value = name;
    fields.id.value = id;
    fields.id.readOnly = camera !== null;
    fields.captions.checked = captions;
    byId("camera-dialog-title").textContent = camera ? "Edit the camera" : "Add a camera";
    byId("camera-dialog-lead").hidden = camera !== null;
    byId("camera-save").textContent = camera ? "Save" : "Add";
    byId("camera-uri-hint").textContent = /\*\*\*/.test(uri)
      ? "The password is not shown. Leave the address as it is, or give it whole"
      : "rtsp://…, https://…, srt://…, a file on the server, or street:";
    showText(byId("camera-error"), null);
    this.#dialog.showModal();
    (camera ? fields.name : fields.uri).focus();
  }

  async #save() {
    const fields = this.#form.elements;
    const [id, uri, name] = [fields.id.value.trim(), fields.uri.value.trim(), fields.name.value.trim()];
    const camera = this.#camera;
    byId("camera-save").disabled = true;
    showText(byId("camera-error"), null);
    try {
      if (camera) {
        const changed = changes(camera, uri, name, fields.captions.checked);
        if (Object.keys(changed).length > 0) {
          await changeStream(id, changed);
        }
      } else {
        await addStream({ id, uri, captions: fields.captions.checked, labels: name ? { name } : {} });
      }
      this.#dialog.close();
      this.#saved(id, camera === null);
    } catch (error) {
      showText(byId("camera-error"), `${camera ? "Not saved" : "Not added"}: ${error.message}`);
      if (error.code === "stream-exists") {
        fields.id.focus();
      }
    } finally {
      byId("camera-save").disabled = false;
    }
  }

  #freeId(name) {
    const stem = slug(name) || "camera";
    const taken = (id) => this.#cameras.get(id) !== undefined;
    if (slug(name) && !taken(stem)) {
      return stem;
    }
    let number = slug(name) ? 2 : 1;
    while (taken(`${stem}-${number}`)) {
      number += 1;
    }
    return `${stem}-${number}`;
  }
}

/** Only what differs: an address that is shown without its password must not be sent back. */
function changes(camera, uri, name, captions) {
  const fields = {};
  if (uri !== camera.uri) {
    fields.uri = uri;
  }
  if (captions !== camera.captions) {
    fields.captions = captions;
  }
  if (name !== (camera.labels.name ?? "")) {
    fields.labels = { name: name || null };
  }
  return fields;
}

/** A name in the letters that an id may have. */
function slug(name) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "")
    .slice(0, ID_LENGTH - 4);
}
