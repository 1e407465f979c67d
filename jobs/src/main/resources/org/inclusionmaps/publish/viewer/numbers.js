// Figures as they are read.
import { INDICATORS, NOBODY, UNKNOWN } from "./classes.js";

const written = (value, digits) =>
  value.toLocaleString(STRINGS.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Persons: whole from ten up, one decimal below. */
export function persons(value) {
  if (value > 0 && value < 0.05) return STRINGS.under(written(0.1, 1));
  const whole = value >= 9.95 || Number.isInteger(value);
  return written(value, whole ? 0 : 1);
}

export function percent(value) {
  return `${written(value, 1)}\u00a0%`;
}

export function share(part, whole) {
  return whole > 0 ? percent((100 * part) / whole) : "–";
}

/** A value of an indicator in words. */
export function told(indicator, value) {
  if (value === UNKNOWN) return STRINGS.notKnown;
  if (value === NOBODY) return STRINGS.nobodyShort;
  return INDICATORS[indicator].kind === "count" ? persons(value) : percent(value);
}
