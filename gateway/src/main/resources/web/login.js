import { byId } from "./dom.js";

const RETURN_TO = "flamingo.return-to";
const LOGGED_IN = /(^|; )flamingo-logged-in=yes/;

/** All that this page keeps in the browser begins so. */
const OWN = "flamingo.";
let leaving = false;

/** Leaves for the server's login form; the place in this page is kept until the return. */
export function askForLogin() {
  if (leaving) {
    return;
  }
  leaving = true;
  try {
    sessionStorage.setItem(RETURN_TO, location.hash);
  } catch {
    // Without storage the page starts at its first view after the login.
  }
  location.assign(new URL("login", document.baseURI));
}

/** Offers to log out where this browser has logged in. What the page keeps in it goes, too. */
export function offerLogout() {
  const form = byId("logout");
  form.hidden = !LOGGED_IN.test(document.cookie);
  form.addEventListener("submit", () => {
    try {
      Object.keys(localStorage).filter((name) => name.startsWith(OWN)).forEach((name) => localStorage.removeItem(name));
    } catch {
      // There is no storage, so nothing is kept.
    }
  });
}

/** Goes back to the place from which the login form was visited. */
export function returnFromLogin() {
  try {
    const hash = sessionStorage.getItem(RETURN_TO);
    sessionStorage.removeItem(RETURN_TO);
    if (hash && !location.hash) {
      history.replaceState(null, "", hash);
    }
  } catch {
    // There is no storage, so there is no place to go back to.
  }
}
