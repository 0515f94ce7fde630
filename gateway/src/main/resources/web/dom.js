/** Makes an element; children are elements or text, never markup. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made && name !== "list") {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Shows the text, or hides the element where there is none. */
export function showText(target, text) {
  if (target.textContent !== (text ?? "")) {
    target.textContent = text ?? "";
  }
  target.hidden = !text;
}
