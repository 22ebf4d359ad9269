/** The chart draws on a canvas, which knows no CSS variables: the tokens as they are now. */

export interface Palette {
  panel: string;
  line: string;
  lineStrong: string;
  ink: string;
  mute: string;
  faint: string;
  accent: string;
  safe: string;
  caution: string;
  danger: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    panel: token('--panel'),
    line: token('--line'),
    lineStrong: token('--line-strong'),
    ink: token('--ink'),
    mute: token('--mute'),
    faint: token('--faint'),
    accent: token('--accent'),
    safe: token('--safe'),
    caution: token('--caution'),
    danger: token('--danger'),
  };
}
