// A network between a page and a show that a test can spoil: bytes come late or vanish without a word, or the line breaks.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Wire {
  readonly #pairs = new Set<[near: Socket, far: Socket]>();
  readonly #server: Server;
  #towardsShow = true;
  #towardsPage = true;
  // Milliseconds that each piece takes to the show and back, and up to so many more, by this number.
  lag: { there: number; back: number; more: number; random: () => number } | null = null;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      const pair: [Socket, Socket] = [near, far];
      this.#pairs.add(pair);
      const send = [this.#road(far), this.#road(near)] as const;
      near.on('data', (bytes) => this.#towardsShow && send[0](bytes, this.lag?.there));
      far.on('data', (bytes) => this.#towardsPage && send[1](bytes, this.lag?.back));
      for (const socket of pair) {
        socket.on('error', () => undefined); // a close follows
        socket.on('close', () => {
          this.#pairs.delete(pair);
          for (const end of pair) end.destroy();
        });
      }
    });
  }

  // Later, but in order.
  #road(to: Socket): (bytes: Buffer, lag: number | undefined) => void {
    let free = 0;
    return (bytes, lag) => {
      if (lag === undefined || !this.lag) {
        to.write(bytes);
        return;
      }
      const now = performance.now();
      free = Math.max(free, now + lag + this.lag.more * this.lag.random());
      setTimeout(() => to.writable && to.write(bytes), free - now);
    };
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
