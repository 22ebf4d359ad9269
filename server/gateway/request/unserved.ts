/** Requests that TWS knows and this gateway does not serve: refused under their own id, so that a client can tell which. */
import type { DecoderTable } from './table';

/** Message number -> what it asks for, and the field that holds its id. */
const UNSERVED: Readonly<Record<number, { what: string; idAt: number }>> = {
  22: { what: 'A market scanner', idAt: 1 },
  52: { what: 'Fundamental data', idAt: 2 },
  54: { what: 'Implied volatility', idAt: 2 },
  55: { what: 'Option pricing', idAt: 2 },
  86: { what: 'Historical news', idAt: 1 },
  88: { what: 'A histogram', idAt: 1 },
};

export const unservedDecoders: DecoderTable<never> = Object.fromEntries(
  Object.entries(UNSERVED).map(([messageId, { what, idAt }]) => [
    messageId,
    (fields) => {
      fields.id(idAt);
      throw fields.refuse(`${what} is not served by the paper gateway`);
    },
  ]),
);
