/** The port that clients come to: opened, closed for a while, opened elsewhere. Who is connected is not touched. */
import { createServer, type Server, type Socket } from 'node:net';

export class Door {
  /** The port that it listens at, or did last. */
  port: number;
  private readonly server: Server;

  constructor(
    private readonly at: { port: number; host: string },
    accept: (socket: Socket) => void,
  ) {
    this.port = at.port;
    this.server = createServer(accept);
  }

  /** @throws the system's error when the port cannot be had (EADDRINUSE, EACCES, EADDRNOTAVAIL) */
  async open(port = this.port): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, this.at.host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const address = this.server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  get isOpen(): boolean {
    return this.server.listening;
  }

  /** Connections are refused from now on. */
  shut(): void {
    if (this.server.listening) this.server.close();
  }

  /** For good; returns when the last socket is gone. */
  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
