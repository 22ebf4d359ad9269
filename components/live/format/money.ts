/** Micro-dollars as people read them. A minus is the real one (−), so that columns of figures line up with the plus. */
const DOLLARS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const MICROS = 1_000_000;

/** Half a cent rounds away from zero, and nothing ever reads −0.00. */
function cents(micros: number): number {
  return Math.round(Math.abs(micros) / (MICROS / 100)) / 100;
}

/** @returns `$1,250.00`, `−$30.00`. */
export function dollars(micros: number): string {
  const amount = cents(micros);
  return `${micros < 0 && amount > 0 ? '−' : ''}$${DOLLARS.format(amount)}`;
}

/** @returns `$1,250` where cents are nothing, else as `dollars`. For limits. */
export function dollarsShort(micros: number): string {
  const amount = cents(micros);
  if (!Number.isInteger(amount)) return dollars(micros);
  return `${micros < 0 && amount > 0 ? '−' : ''}$${WHOLE.format(amount)}`;
}

/** @returns `+$412.50`, `−$30.00`, `$0.00`: the sign says profit or loss before the colour does. */
export function signedDollars(micros: number): string {
  return micros > 0 && cents(micros) > 0 ? `+${dollars(micros)}` : dollars(micros);
}

/** The colour that goes with the sign. */
export function resultTone(micros: number): 'safe' | 'danger' | 'neutral' {
  if (cents(micros) === 0) return 'neutral';
  return micros > 0 ? 'safe' : 'danger';
}
