let ahead = 0;

/** Takes an instant that the server has named just now. */
export function setServerTime(instant) {
  const time = Date.parse(instant ?? "");
  if (!Number.isNaN(time)) {
    ahead = time - Date.now();
  }
}

/**
 * The time by the server's clock, in milliseconds: what is compared with capture times, since the
 * clock of a phone may be wrong. Until the server has named its time, the browser's own.
 */
export function serverTime() {
  return Date.now() + ahead;
}
