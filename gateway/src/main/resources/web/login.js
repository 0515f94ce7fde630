const RETURN_TO = "flamingo.return-to";
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
