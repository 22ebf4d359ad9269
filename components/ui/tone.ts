/** The signal colours by meaning. A tone never stands alone: words, a sign or a mark say the same. */
export type Tone = 'neutral' | 'safe' | 'caution' | 'danger' | 'accent';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: 'text-mute',
  safe: 'text-safe',
  caution: 'text-caution',
  danger: 'text-danger',
  accent: 'text-accent',
};

export const TONE_FILL: Readonly<Record<Tone, string>> = {
  neutral: 'bg-faint',
  safe: 'bg-safe',
  caution: 'bg-caution',
  danger: 'bg-danger',
  accent: 'bg-accent',
};
