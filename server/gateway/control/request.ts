/** What may be asked of a running gateway over its control port, checked: each request is one method, one path and, for some, one JSON object. */
import { z } from 'zod';
import type { Desk } from './desk';
import { ControlRefused } from './refused';

interface Route {
  /** `DELETE /faults/7`; the last part may be a number. */
  test: RegExp;
  says: string;
  act(desk: Desk, body: unknown, id: number): unknown;
}

const HOUR_MS = 3_600_000;

const speedBody = z.strictObject({ speed: z.number() });
const stepBody = z.strictObject({
  ms: z
    .number()
    .min(1)
    .max(24 * HOUR_MS)
    .optional(),
});
const advanceBody = z.strictObject({
  to: z.iso.datetime({ offset: true, error: 'to must be an ISO time with its zone' }),
});

/** Every route, in the order in which the help text lists them. */
export const ROUTES: readonly Route[] = [
  { test: /^GET \/state$/, says: 'GET /state', act: (desk) => desk.state() },
  { test: /^GET \/faults$/, says: 'GET /faults: all that can go wrong', act: (desk) => desk.catalogue() },
  {
    test: /^POST \/faults$/,
    says: 'POST /faults {"fault": "delayAck 500", "forMs": 5000}, or a list of them',
    act: (desk, body) => desk.put(body),
  },
  { test: /^DELETE \/faults$/, says: 'DELETE /faults', act: (desk) => desk.liftAll() },
  { test: /^DELETE \/faults\/(\d+)$/, says: 'DELETE /faults/7', act: (desk, _body, id) => desk.lift(id) },
  {
    test: /^POST \/speed$/,
    says: 'POST /speed {"speed": 60}',
    act: (desk, body) => desk.runAt(read(speedBody, body).speed),
  },
  { test: /^POST \/pause$/, says: 'POST /pause', act: (desk) => desk.pause() },
  { test: /^POST \/resume$/, says: 'POST /resume', act: (desk) => desk.resume() },
  {
    test: /^POST \/step$/,
    says: 'POST /step {"ms": 1000}, or {} for the next event',
    act: (desk, body) => desk.step(read(stepBody, body ?? {}).ms),
  },
  {
    test: /^POST \/advance$/,
    says: 'POST /advance {"to": "2025-12-12T15:00:00Z"}',
    act: (desk, body) => desk.advance(Date.parse(read(advanceBody, body).to)),
  },
];

/** @returns what was done and how things stand, to be sent as JSON. @throws ControlRefused; then nothing was done */
export function perform(desk: Desk, method: string, path: string, body: unknown): unknown {
  const wanted = `${method} ${path}`;
  for (const { test, act } of ROUTES) {
    const match = test.exec(wanted);
    if (match) return act(desk, body, Number(match[1]));
  }
  throw new ControlRefused(
    404,
    `There is no ${wanted}; there are ${ROUTES.map(({ says }) => says).join('; ')}`,
  );
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ControlRefused(
    400,
    `${issue?.path.join('.') || 'The request'}: ${issue?.message ?? 'cannot be read'}`,
  );
}
