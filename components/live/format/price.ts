/** Prices, ticks and quantities as people read them. */

const formats = new Map<number, Intl.NumberFormat>();

function decimalFormat(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formats.set(decimals, made);
  return made;
}

/** Decimals that a tick needs: 0.25 has 2, 0.005 has 3, 1 has 0. */
export function decimalsOf(tickSize: number): number {
  for (let decimals = 0; decimals < 8; decimals++) {
    const scaled = tickSize * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9) return decimals;
  }
  return 8;
}

/** @returns `6,890.50`, or an en dash for a price that is not known. */
export function price(value: number | null, tickSize = 0.25): string {
  return value === null ? '–' : decimalFormat(decimalsOf(tickSize)).format(value);
}

/** An average may lie between ticks: up to two digits more, where they say something. */
export function averagePrice(value: number | null, tickSize = 0.25): string {
  if (value === null) return '–';
  const decimals = decimalsOf(tickSize);
  const onGrid = Math.abs(value / tickSize - Math.round(value / tickSize)) < 1e-6;
  return decimalFormat(onGrid ? decimals : decimals + 2).format(value);
}

export function minus(value: number): string {
  return value < 0 ? `−${Math.abs(value)}` : String(value);
}

/** @returns `+11 ticks`, `−1 tick`, `0 ticks`. */
export function signedTicks(ticks: number): string {
  const rounded = Math.round(ticks * 10) / 10;
  return `${rounded > 0 ? '+' : ''}${minus(rounded)} ${Math.abs(rounded) === 1 ? 'tick' : 'ticks'}`;
}

/** @returns `+2.0 R`, or an en dash. */
export function rMultiple(value: number | null): string {
  if (value === null) return '–';
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)} R`;
}

/** @param value 0..1 @returns `62 %` */
export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}
