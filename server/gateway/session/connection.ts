/**
 * One TCP connection: preamble, version offer, startApi, then requests. Whatever a peer sends, the process goes on:
 * an unreadable request is answered with an error, a peer that speaks another protocol is closed.
 */
import type { Socket } from 'node:net';
import { errorMessage, serverVersion } from '../answer/system';
import { decodeRequest, type Request } from '../request/request';
import { Fields, RequestRefused } from '../wire/fields';
import { encodeFrame, FrameReader, type Message, ProtocolViolation } from '../wire/frame';
import { agreeVersion, parseVersionOffer } from '../wire/version';
import { type Line, PLAIN_LINE } from './line';

export interface ConnectionSettings {
  /** No version above this one is agreed to. */
  versionCeiling: number;
  /** The exchange's clock as text, for the handshake answer. */
  connectionTime(): string;
  /** What the frames of a connection pass through; a plain line unless told otherwise. */
  lineFor?: (connection: Connection) => Line;
}

export interface ConnectionListener {
  /** The client asked to start: from here on requests arrive. */
  started(clientId: number): void;
  requested(request: Request): void;
  /** The connection is gone, or was found unusable and is being closed; called once. */
  closed(reason: string): void;
}

/** Bytes. A client that leaves this much unread is cut off rather than remembered for ever. */
const UNREAD_BYTES_MAX = 8 << 20;

/** A peer that has not asked to start after this long (ms) is not going to. */
const HANDSHAKE_MS_MAX = 30_000;

const START_API = '71';

export class Connection {
  private readonly reader = new FrameReader({ preamble: true });
  private phase: 'offer' | 'start' | 'open' | 'closed' = 'offer';
  private outbox: Buffer[] = [];
  private agreedVersion = 0;
  private offeredOptions: readonly string[] = [];
  private listener: ConnectionListener | undefined;
  private readonly line: Line;

  constructor(
    private readonly socket: Socket,
    private readonly settings: ConnectionSettings,
  ) {
    this.line = settings.lineFor?.(this) ?? PLAIN_LINE;
    socket.setNoDelay(true);
    socket.setTimeout(HANDSHAKE_MS_MAX, () => this.drop('no handshake in time'));
  }

  /** Begins to read. */
  listen(listener: ConnectionListener): void {
    this.listener = listener;
    this.socket.on('data', (chunk) => this.receive(chunk));
    this.socket.on('error', (error) => this.finish('client', error.message));
    this.socket.on('close', () => this.finish('client', 'the client disconnected'));
  }

  get version(): number {
    return this.agreedVersion;
  }

  /** The connection options behind the version offer, such as `+PACEAPI`. */
  get options(): readonly string[] {
    return this.offeredOptions;
  }

  /** Queues messages; everything queued in one turn of the event loop goes out in one write. */
  send(...messages: readonly Message[]): void {
    for (const message of messages) this.line.outgoing(message, this.queue);
  }

  /** Sends what is queued, then closes. */
  close(reason: string): void {
    this.flush();
    this.finish('gateway', reason);
    this.socket.destroySoon();
  }

  /** Cuts the connection as a network failure would. */
  drop(reason = 'the connection was cut'): void {
    this.finish('gateway', reason);
    this.socket.destroy();
  }

  private readonly queue = (message: Message): void => {
    if (this.phase === 'closed') return;
    if (this.outbox.length === 0) queueMicrotask(() => this.flush());
    this.outbox.push(encodeFrame(message));
  };

  private flush(): void {
    if (this.outbox.length === 0 || this.phase === 'closed') return;
    const bytes = Buffer.concat(this.outbox);
    this.outbox = [];
    this.line.writing(bytes, this.write);
  }

  private readonly write = (bytes: Buffer): void => {
    if (this.socket.destroyed) return;
    this.socket.write(bytes);
    if (this.socket.writableLength > UNREAD_BYTES_MAX) this.drop('the client does not read');
  };

  private finish(by: 'client' | 'gateway', reason: string): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.outbox = [];
    this.line.ended(by, reason);
    this.listener?.closed(reason);
  }

  private receive(chunk: Buffer): void {
    try {
      for (const values of this.reader.push(chunk)) this.line.incoming(values, this.frame);
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.close(`not a TWS client: ${error.message}`);
    }
  }

  private readonly frame = (values: readonly string[]): void => {
    switch (this.phase) {
      case 'offer':
        this.agree(values[0] ?? '');
        break;
      case 'start':
        this.start(values);
        break;
      case 'open':
        this.answering(() => this.listener?.requested(decodeRequest(values, this.agreedVersion)));
        break;
      case 'closed':
        break;
    }
  };

  private agree(offerText: string): void {
    const offer = parseVersionOffer(offerText);
    const version = offer && agreeVersion(offer, this.settings.versionCeiling);
    if (version === undefined) {
      this.close(`no common version: the client offers "${offerText}"`);
      return;
    }
    this.agreedVersion = version;
    this.offeredOptions = offer?.options ?? [];
    this.phase = 'start';
    this.send(serverVersion(version, this.settings.connectionTime()));
  }

  /** Requests before startApi are dropped, as TWS does. */
  private start(values: readonly string[]): void {
    if (values[0] !== START_API) return;
    this.answering(() => {
      const clientId = new Fields(values).integer(2);
      this.phase = 'open';
      this.socket.setTimeout(0);
      this.listener?.started(clientId);
    });
  }

  private answering(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      this.send(errorMessage(error.requestId, error.code, refusalText(error)));
    }
  }
}

function refusalText({ code, message }: RequestRefused): string {
  const lead = code === 320 ? 'Error reading request.' : 'Error validating request.';
  return `${lead} ${message}`;
}
