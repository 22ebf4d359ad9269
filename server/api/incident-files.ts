/** What is not JSON about incidents: files that come in, and the exports that go out. The same people may ask as for the rest of the API. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { FILES, openCsv, readOrder } from '../incidents/result';
import { IncidentRefused } from '../incidents/words';
import { testOf } from '../replay/export-test/export-test';
import { settingUnder } from '../replay/judge/set-limit';
import { sharedContext } from './context';
import { refusalOf } from './origin';

/** A form of another site cannot send this type without asking first, and we never answer that. */
const BYTES = 'application/octet-stream';

const refused = (status: number, error: string) => Response.json({ error }, { status });

function callerRefusal(request: Request): Response | null {
  const caller = { method: request.method, header: (name: string) => request.headers.get(name) };
  const why = refusalOf(caller, BYTES);
  return why === null ? null : refused(403, why);
}

/** One file of an incident, as the bytes of the body. */
export async function receive(request: Request, id: string, name: string): Promise<Response> {
  const no = callerRefusal(request);
  if (no !== null) return no;
  if (request.body === null) return refused(400, `${name} is empty.`);
  try {
    const { shelf } = sharedContext().incidents;
    const content = Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
    return Response.json(await shelf.put(id, name, content));
  } catch (error) {
    if (error instanceof IncidentRefused) return refused(422, error.message);
    console.error(JSON.stringify({ level: 'error', upload: id, detail: String(error) }));
    return refused(500, `${name} did not arrive whole; nothing of it is kept. Bring it in again.`);
  }
}

const place = z.object({
  offset: z.coerce.number().int().nonnegative(),
  bytes: z.coerce.number().int().positive(),
});

/** `orders.csv`: all orders; `order.test.ts?offset=&bytes=`: one of them as a fixture with its test. */
export async function send(request: Request, id: string, name: string): Promise<Response> {
  const no = callerRefusal(request);
  if (no !== null) return no;
  try {
    const { shelf } = sharedContext().incidents;
    const { limits } = await shelf.get(id);
    const dir = shelf.resultDir(id);
    if (name === FILES.csv) {
      const file = Readable.toWeb(openCsv(dir));
      return download(file as unknown as BodyInit, 'text/csv; charset=utf-8', `incident-${id}.csv`);
    }
    if (name !== 'order.test.ts') return refused(404, `There is no export "${name.slice(0, 40)}".`);
    const at = place.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!at.success) return refused(400, 'Name the order by its place.');
    const { order } = await readOrder(dir, at.data);
    const file = `order-${order.orderId}.test.ts`;
    const words = testOf(order, settingUnder(limits), '..');
    return download(words, 'text/plain; charset=utf-8', file);
  } catch (error) {
    if (error instanceof IncidentRefused) return refused(404, error.message);
    throw error;
  }
}

function download(body: BodyInit, type: string, file: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-store',
    },
  });
}
