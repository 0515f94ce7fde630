import { serverTime } from "./clock.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** An instant as local wall clock; with the day when it is not today. */
export function clock(instant) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) {
    return "";
  }
  const today = date.toDateString() === new Date(serverTime()).toDateString();
  return (today ? CLOCK : DAY_AND_CLOCK).format(date);
}

/** Milliseconds as people say them. */
export function duration(millis) {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  if (millis < 60_000) {
    return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s`;
  }
  return `${Math.round(millis / 60_000)} min`;
}

/** Whole seconds or minutes, for ages that are looked at once a second. */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  return seconds < 90 ? `${seconds} s` : duration(millis);
}

/** A text with a capital and a full stop. */
export function sentence(text) {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
