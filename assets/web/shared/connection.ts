// One WebSocket to the server that is always there again: hello, reconnect, a clock both sides share, commands
// with an answer. What must survive a loss is kept elsewhere (table/outbox.ts); this only carries.
import { Observable } from './observable';
import type { Command, CommandResult, FromServer, ToServer, Welcome } from './protocol';
import { retryDelay } from './retry';
import { ShowClock } from './show-clock';

// connecting: the first try runs · open: welcomed · waiting: lost, will come back · denied: the key is not taken
export type Link = 'connecting' | 'open' | 'waiting' | 'denied';

export interface Options {
  url: string;
  key: string;
  device: string;
  lang: () => string;
  nick?: () => string; // of who shares a key with others; empty: not told
  roles: readonly string[]; // whose page this is; another role's key is not taken
  random?: () => number;
}

const beatEvery = 5000; // a clock message, and with it the proof that the line is alive
// Right after the welcome the time is asked for again at once until it is known so well, or so often.
const sureEnough = 10; // milliseconds
const tripsAtOnce = 8;
const beatLimit = 4000; // no answer for so long: the line is dead
const probeLimit = 1500; // the same when the system says that the network changed
const welcomeLimit = 8000; // from the first byte of a try to the server's welcome
const commandLimit = 5000;
const deniedRetry = 20_000;
const policyViolation = 1008; // for many reasons; with this one it is the key
const wrongKey = 'wrong key';

export type Outcome = Pick<CommandResult, 'ok' | 'code' | 'message'>;

export class Connection {
  readonly link = new Observable<Link>('connecting');
  readonly welcome = new Observable<Welcome | null>(null);
  readonly clock = new Observable(0); // show time - this page's, as known by now
  readonly trip = new Observable(0); // milliseconds that the newest clock message took, there and back

  readonly #options: Options;
  readonly #listeners = new Set<(message: FromServer) => void>();
  readonly #pictures = new Set<(bytes: ArrayBuffer) => void>();
  readonly #pending = new Map<string, (outcome: Outcome) => void>();
  #socket: WebSocket | null = null;
  #attempt = 0;
  #slot = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #answerDue: ReturnType<typeof setTimeout> | undefined;
  readonly #clock = new ShowClock();
  #helloAt = 0;
  #trips = 0; // since the welcome
  #requests = 0;
  #stopped = false;

  constructor(options: Options) {
    this.#options = options;
    addEventListener('online', () => this.#networkChanged());
    addEventListener('offline', () => this.#networkChanged());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#networkChanged();
    });
  }

  start(): void {
    this.#open();
  }

  // Closes the line for good.
  stop(): void {
    this.#stopped = true;
    this.#drop();
    clearTimeout(this.#retry);
  }

  useKey(key: string): void {
    this.#options.key = key;
    this.#attempt = 0;
    this.#slot = 0;
    this.#drop();
    this.link.set('connecting');
    this.#open();
  }

  // Says hello anew, such as with another name.
  restart(): void {
    this.useKey(this.#options.key);
  }

  onMessage(listener: (message: FromServer) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onPicture(listener: (bytes: ArrayBuffer) => void): () => void {
    this.#pictures.add(listener);
    return () => this.#pictures.delete(listener);
  }

  // False when there is no open connection: nothing was sent.
  send(message: ToServer): boolean {
    if (this.link.get() !== 'open' || this.#socket === null) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  // Never rejects. Without a connection nothing is sent or kept: a cut that comes late would be a surprise.
  command(command: Command): Promise<Outcome> {
    const request = `${Date.now().toString(36)}-${++this.#requests}`;
    return new Promise((resolve) => {
      const finish = (outcome: Outcome): void => {
        clearTimeout(limit);
        if (this.#pending.delete(request)) resolve(outcome);
      };
      const limit = setTimeout(() => finish({ ok: false, code: 'no_answer', message: '' }), commandLimit);
      this.#pending.set(request, finish);
      if (!this.send({ type: 'command', request, command })) finish({ ok: false, code: 'not_connected', message: '' });
    });
  }

  // A GET with this page's key; null when there is nothing, or nobody answers.
  async get(path: string): Promise<Response | null> {
    try {
      const answer = await fetch(path, { headers: { Authorization: `Bearer ${this.#options.key}` } });
      return answer.ok ? answer : null;
    } catch {
      return null;
    }
  }

  // The show's time now, in milliseconds.
  showNow(): number {
    return performance.now() + this.#clock.offset;
  }

  #open(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#answerDue);
    if (this.#options.key === '') {
      this.link.set('denied');
      return;
    }
    const socket = new WebSocket(this.#options.url, 'tribune');
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#answerDue = setTimeout(() => this.#lost(false), welcomeLimit);
    socket.onopen = () => {
      const { key, device, nick } = this.#options;
      const name = nick?.() ?? '';
      this.#helloAt = performance.now();
      socket.send(JSON.stringify({ type: 'hello', proto: 1, key, device, lang: this.#options.lang(), ...(name && { nick: name }) } satisfies ToServer));
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data !== 'string') for (const listener of this.#pictures) listener(event.data);
      else this.#take(JSON.parse(event.data) as FromServer);
    };
    socket.onclose = (event) => this.#lost(event.code === policyViolation && event.reason === wrongKey);
  }

  #take(message: FromServer): void {
    if (message.type === 'welcome') {
      if (!this.#options.roles.includes(message.role)) {
        this.#lost(true);
        return;
      }
      this.#attempt = 0;
      this.#slot = message.retry_slot_ms;
      this.#trips = 0;
      if (message.epoch !== this.welcome.get()?.epoch) this.#clock.forget();
      this.#tell(this.#helloAt, message.show_ms);
      this.welcome.set(message);
      this.link.set('open');
      this.#beat = setInterval(() => this.#ask(beatLimit), beatEvery);
      this.#ask(beatLimit);
    } else if (message.type === 'clock') {
      clearTimeout(this.#answerDue);
      this.#answerDue = undefined;
      this.trip.set(performance.now() - message.t);
      this.#tell(message.t, message.show_ms);
      if (++this.#trips < tripsAtOnce && this.#clock.doubt > sureEnough) this.#ask(beatLimit);
    } else if (message.type === 'result') {
      this.#pending.get(message.request)?.(message);
    }
    for (const listener of this.#listeners) listener(message);
  }

  #tell(sent: number, showMs: number): void {
    this.#clock.heard(sent, showMs, performance.now());
    this.clock.set(this.#clock.offset);
  }

  // Asks for the clock; a line that does not answer within the limit is given up.
  #ask(limit: number): void {
    if (!this.send({ type: 'clock', t: performance.now() })) return;
    clearTimeout(this.#answerDue);
    this.#answerDue = setTimeout(() => this.#lost(false), limit);
  }

  #networkChanged(): void {
    if (this.#stopped) return;
    if (this.link.get() === 'open') this.#ask(probeLimit);
    else if (this.link.get() === 'waiting') this.#again(0);
  }

  // Forgets the socket: what it still says is not heard.
  #drop(): void {
    clearInterval(this.#beat);
    clearTimeout(this.#answerDue);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const finish of [...this.#pending.values()]) finish({ ok: false, code: 'no_answer', message: '' });
  }

  #lost(denied: boolean): void {
    this.#drop();
    this.#again(denied ? Infinity : this.#attempt++);
    this.link.set(denied ? 'denied' : 'waiting');
  }

  #again(attempt: number): void {
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    const wait = attempt === Infinity ? deniedRetry : retryDelay(attempt, this.#slot, this.#options.random);
    this.#retry = setTimeout(() => this.#open(), wait);
  }
}

export const socketUrl = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
