import { byId } from "./dom.js";

const SAID_MS = 2000;

/** Puts a place of this page onto the clipboard and says so on the button. */
export async function copyLink(hash, button) {
  const address = new URL(hash, location.href).href;
  const copied = (await copiedByClipboard(address)) || copiedBySelection(address, button);
  const said = copied ? "Copied" : "Not copied";
  const { textContent } = button;
  button.textContent = said;
  byId("announce").textContent = copied ? "The link is copied" : "The browser did not copy the link";
  setTimeout(() => {
    button.textContent = textContent === said ? "Copy link" : textContent;
  }, SAID_MS);
}

async function copiedByClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Pages over plain HTTP from another machine have no clipboard interface; this they have. */
function copiedBySelection(text, button) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  button.after(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  button.focus();
  return copied;
}
