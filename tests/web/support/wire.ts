// A network between a page and a show that a test can spoil: bytes vanish without a word, or the line breaks.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Wire {
  readonly #pairs = new Set<[near: Socket, far: Socket]>();
  readonly #server: Server;
  #towardsShow = true;
  #towardsPage = true;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      const pair: [Socket, Socket] = [near, far];
      this.#pairs.add(pair);
      near.on('data', (bytes) => this.#towardsShow && far.write(bytes));
      far.on('data', (bytes) => this.#towardsPage && near.write(bytes));
      for (const socket of pair) {
        socket.on('error', () => undefined); // a close follows
        socket.on('close', () => {
          this.#pairs.delete(pair);
          for (const end of pair) end.destroy();
        });
      }
    });
  }

  static async to(show: string): Promise<Wire> {
    const wire = new Wire(Number(new URL(show).port));
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  // As when an access point loses its power: lines stay open, and nothing arrives any more.
  cut(): void {
    this.#towardsShow = this.#towardsPage = false;
  }

  // The show still hears the page; the page hears nothing.
  deafen(): void {
    this.#towardsPage = false;
  }

  // New lines work again. Those of before are missing bytes: they break.
  restore(): void {
    this.#towardsShow = this.#towardsPage = true;
    for (const pair of [...this.#pairs]) for (const end of pair) end.destroy();
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.restore();
    await once(this.#server, 'close');
  }
}
