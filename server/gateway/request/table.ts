/** Message number -> decoder. One table per family of requests; request.ts joins them. */
import type { Fields } from '../wire/fields';

export type Decoder<R> = (fields: Fields, version: number) => R;
export type DecoderTable<R> = Readonly<Record<number, Decoder<R>>>;
