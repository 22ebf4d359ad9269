/**
 * Where incidents lie: a folder each under the stack's home, with what was brought in, a card that says what it is, and what was read out of it.
 * The card on disk is the truth; it is replaced whole, so that a crash leaves the old one or the new one.
 */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { kindOf } from './kind';
import {
  FILE_NAME,
  ID,
  type Incident,
  type IncidentFile,
  IncidentRefused,
  incidentSchema,
  LIMITS,
  type Phase,
} from './words';

export interface Shelf {
  list(): Promise<readonly Incident[]>;
  /** @throws IncidentRefused when there is none of that id */
  get(id: string): Promise<Incident>;
  /** @throws IncidentRefused when the shelf is full */
  create(title: string): Promise<Incident>;
  /** Keeps one file, never more of it than the limit. @throws IncidentRefused, and then nothing of it is kept */
  put(id: string, name: string, content: Readable): Promise<Incident>;
  /** @param limits `name=value` each, under which it is read from now on; left out: as before. */
  turn(id: string, phase: Phase, limits?: readonly string[]): Promise<Incident>;
  /** All that was brought in and all that was read out of it. */
  remove(id: string): Promise<void>;
  /** The folder of what was read out of it, and where a file of it lies. */
  resultDir(id: string): string;
  fileOf(id: string, name: string): string;
}

const CARD = 'card.json';

/** @param home the stack's folder. @param now host time, ms */
export function openShelf(home: string, now: () => number = Date.now): Shelf {
  const root = path.join(home, 'incidents');
  const dirOf = (id: string): string => {
    if (!ID.test(id)) throw new IncidentRefused(`There is no incident "${id.slice(0, 40)}".`);
    return path.join(root, id);
  };
  const fileOf = (id: string, name: string) => path.join(dirOf(id), 'files', name);

  async function get(id: string): Promise<Incident> {
    const text = await readFile(path.join(dirOf(id), CARD), 'utf8').catch(() => null);
    if (text === null) throw new IncidentRefused(`There is no incident ${id}; it may have been deleted.`);
    return incidentSchema.parse(JSON.parse(text));
  }

  async function keep(incident: Incident): Promise<Incident> {
    const card = path.join(dirOf(incident.id), CARD);
    await writeFile(`${card}.new`, JSON.stringify(incident));
    await rename(`${card}.new`, card);
    return incident;
  }

  /** Cards change one after another, each from what the one before left; a folder goes when none is being written. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  }
  function change(id: string, changed: (incident: Incident) => Incident): Promise<Incident> {
    return inTurn(async () => keep(changed(await get(id))));
  }

  async function list(): Promise<readonly Incident[]> {
    const names = await readdir(root).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => ID.test(name)).map((id) => get(id).catch(() => null)),
    );
    return found.filter((one) => one !== null).sort((a, b) => b.createdMs - a.createdMs);
  }

  async function create(title: string): Promise<Incident> {
    if ((await list()).length >= LIMITS.incidents)
      throw new IncidentRefused(
        `There are ${LIMITS.incidents} incidents already: delete one that is no longer needed.`,
      );
    const id = randomBytes(6).toString('hex');
    await mkdir(path.join(dirOf(id), 'files'), { recursive: true });
    return keep({ id, title, createdMs: now(), files: [], limits: [], phase: { name: 'filling' } });
  }

  async function put(id: string, name: string, content: Readable): Promise<Incident> {
    const incident = await get(id);
    const kept = without(incident, name);
    if (!FILE_NAME.test(name)) throw new IncidentRefused('A file needs a plain name, without folders.');
    if (incident.phase.name !== 'filling')
      throw new IncidentRefused('This incident is closed for files: begin another one.');
    if (kept.length >= LIMITS.files)
      throw new IncidentRefused(`An incident holds at most ${LIMITS.files} files.`);
    const target = fileOf(id, name);
    const arriving = `${target}.part`;
    try {
      const room = LIMITS.bytes - kept.reduce((sum, { bytes }) => sum + bytes, 0);
      await pipeline(content, atMost(room), createWriteStream(arriving));
      const kind = await kindOf(arriving, name);
      const { size } = await stat(arriving);
      await rename(arriving, target);
      return await change(id, (card) => ({
        ...card,
        files: [...without(card, name), { name, bytes: size, kind }],
      }));
    } catch (error) {
      await rm(arriving, { force: true });
      throw error;
    }
  }

  return {
    list,
    get,
    create,
    put,
    turn: (id, phase, limits) =>
      change(id, (incident) => ({ ...incident, phase, limits: [...(limits ?? incident.limits)] })),
    async remove(id) {
      const dir = dirOf(id);
      await inTurn(() => rm(dir, { recursive: true, force: true }));
    },
    resultDir: (id) => path.join(dirOf(id), 'result'),
    fileOf,
  };
}

function without({ files }: Incident, name: string): readonly IncidentFile[] {
  return files.filter((file) => file.name !== name);
}

function atMost(bytes: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      if (passed <= bytes) done(null, chunk);
      else
        done(
          new IncidentRefused(
            `An incident holds at most ${LIMITS.bytes / 1024 ** 3} GB. Cut the log at the day in question.`,
          ),
        );
    },
  });
}
