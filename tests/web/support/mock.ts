// A small stand-in for the server: the native protocol over real sockets, enough of the show to answer, and
// handles for what a test wants to go wrong. Serves the built pages with the real content security policy.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket, WebSocketServer } from 'ws';
import { pictureKinds } from '../../../assets/web/shared/protocol';
import type { Bus, Command, OwnContribution, PictureWish, SoundLevels, ToServer, TransitionName, Welcome } from '../../../assets/web/shared/protocol';
import { actualOf, applyToMedia, deskViewOf, on, openRound, opening, roomViewOf, type MockState } from './mock-show';
import { applyToCaptions } from './mock-captions';
import { applyToScenes, lightsOf, nextChange, sourcesIn } from './mock-scenes';
import { applyToRundown } from './mock-rundown';
import { frames, type Frames } from './mock-pictures';
import { within } from './patience';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../../assets/web/dist');

const shaders = join(dist, '../../../shaders/transitions');

const mime: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
};
const policy = (host: string): string =>
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; media-src 'self'; " +
  `worker-src 'self'; manifest-src 'self'; connect-src 'self' ws://${host}; form-action 'none'; base-uri 'none'; ` +
  "frame-ancestors 'none'; require-trusted-types-for 'script'";

interface Session {
  socket: WebSocket;
  role: string;
  table: number;
  device: string;
  wish: PictureWish[];
  underWay: Map<string, number>; // pictures not yet seen, by name
  pictures: Map<number, string>;
}

export interface Refusal {
  code: string;
  message: string;
  retry_after_ms: number;
}

// What a command changes, without what it names.
const changes = (command: Command): object =>
  Object.fromEntries(Object.entries(command).filter(([field]) => field !== 'kind' && field !== 'source'));

// How a contribution stands that nobody touched yet.
const asSent = {
  part: 0, kind: 'idea', title: '', late: false, state: 'shown', hold: null, proposal: null, edited: false, theme: 0, theme_title: '', likes: 0,
  outcome: null,
} as const;

export class Mock extends EventEmitter {
  readonly keys: Record<string, string> = {
    technician: 'key-technician', producer: 'key-producer', director: 'key-director', observer: 'key-observer', 'table/7': 'key-table-7', 'table/8': 'key-table-8',
  };
  readonly received: ToServer[] = []; // every message of every client, in order
  readonly contributions: (OwnContribution & { table: number; id: string; language: string })[] = [];
  state: MockState = opening();
  epoch = 'night-1';
  down = false; // no socket is taken
  holding = false; // answers are taken in but not answered until release()
  refusals: Refusal[] = []; // for the next submissions, one each
  operator: Pick<Welcome, 'name' | 'may' | 'faces'> = {}; // what the next welcome says of rights
  commandFault: Refusal | null = null;
  attempts = 0; // upgrades asked for, taken or not
  readonly seen: number[] = [];
  url = '';

  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'tribune' });
  readonly #sessions = new Set<Session>();
  readonly #files = new Map<string, Buffer>();
  readonly #held: (() => void)[] = [];
  #frames: Frames = { all: new Map(), at: 0 };
  #timers: NodeJS.Timeout[] = [];
  #sequence = 100;
  #picture = 0;
  #lights = '';
  #tallyDue: NodeJS.Timeout | undefined;
  #began = performance.now();

  constructor() {
    super();
    this.setMaxListeners(100);
    this.#http = createServer((request, response) => this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) => {
      this.attempts++;
      this.emit('attempt', this.attempts);
      if (this.down || request.url !== '/ws') socket.destroy();
      else this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#accept(ws));
    });
  }

  // Few pictures by default: drawing them is most of what a browser without a GPU does.
  async start(port = 0, picturesEvery = 250): Promise<this> {
    for (const folder of ['', 'assets/']) {
      for (const file of await readdir(join(dist, folder), { withFileTypes: true })) {
        if (file.isFile()) this.#files.set(`/${folder}${file.name}`, await readFile(join(dist, folder, file.name)));
      }
    }
    this.#frames = await frames(this.state.sources.map((s) => s.name));
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
    this.url = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
    this.#timers = [setInterval(() => this.#sendActual(), 500), setInterval(() => this.#sendPictures(), picturesEvery)];
    return this;
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#tallyDue);
    this.cut();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }

  // Drops every connection and takes no new one until restore().
  cut(): void {
    this.down = true;
    for (const { socket } of this.#sessions) socket.terminate();
    this.#sessions.clear();
  }

  restore(): void {
    this.down = false;
  }

  release(): void {
    this.holding = false;
    for (const acknowledge of this.#held.splice(0)) acknowledge();
  }

  changed(): void {
    this.state.revision++;
    for (const session of this.#sessions) this.#sendState(session);
    this.#lightTally();
  }

  // Tells the desks when a lamp goes on or off, now and when the next transition has ended.
  #lightTally(): void {
    clearTimeout(this.#tallyDue);
    const now = this.showMs() * 1e6;
    const lights = JSON.stringify({ type: 'tally', lights: lightsOf(this.state, now) });
    if (lights !== this.#lights) for (const session of this.#sessions) if (session.role !== 'table') session.socket.send(lights);
    this.#lights = lights;
    const next = nextChange(this.state, now);
    if (next !== null) this.#tallyDue = setTimeout(() => this.#lightTally(), (next - now) / 1e6 + 1);
  }

  showMs(): number {
    return performance.now() - this.#began;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', this.url).pathname;
    if (path === '/api/media') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(this.state.bin));
      return;
    }
    const thumbnail = path.startsWith('/api/media/') && [...this.#frames.all.values()][0]?.[0];
    if (thumbnail) {
      response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(thumbnail);
      return;
    }
    const shader = /^\/api\/transitions\/(\w+\.glsl)$/.exec(path)?.[1];
    if (shader) {
      void readFile(join(shaders, shader)).then((text) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(text), () => response.writeHead(404).end());
      return;
    }
    const page = path === '/' ? '/index.html' : /^\/table\/\d+$/.test(path) ? '/table.html' : /^\/tally\/[^/]+$/.test(path) ? '/tally.html' : path.replace(/^\/desk\/(producer|stage|show)$/, '/desk-$1.html');
    const body = this.#files.get(page);
    if (!body) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': mime[extname(page)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy(request.headers.host ?? ''),
      'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store',
    });
    response.end(body);
  }

  #accept(socket: WebSocket): void {
    const session: Session = { socket, role: '', table: 0, device: '', wish: [], underWay: new Map(), pictures: new Map() };
    socket.on('message', (data) => this.#take(session, JSON.parse(String(data)) as ToServer));
    socket.on('close', () => this.#sessions.delete(session));
    socket.on('error', () => socket.terminate());
  }

  #take(session: Session, message: ToServer): void {
    const send = (reply: object): void => {
      if (session.socket.readyState === WebSocket.OPEN) session.socket.send(JSON.stringify(reply));
    };
    if (session.role === '') {
      const role = message.type === 'hello' ? Object.entries(this.keys).find(([, key]) => key === message.key)?.[0] : undefined;
      if (role === undefined || message.type !== 'hello') {
        session.socket.close(1008, 'wrong key');
        return;
      }
      session.role = role.startsWith('table/') ? 'table' : role;
      session.table = Number(role.split('/')[1] ?? 0);
      session.device = message.device;
      this.#sessions.add(session);
      send({
        type: 'welcome', proto: 1, role: session.role, table: session.table || null, epoch: this.epoch, show_ms: this.showMs(),
        limits: { text_code_points: 280, text_clusters: 140, message_bytes: 4096, in_flight: 8 }, retry_slot_ms: 50, ...this.operator,
      });
      this.#sendState(session);
      if (session.role === 'table') send({ type: 'own', contributions: this.#ownOf(session.table) });
      else {
        send({ type: 'tally', lights: lightsOf(this.state, this.showMs() * 1e6) });
        send({ type: 'actual', ...actualOf(this.state, this.contributions.length, this.#tables()) });
      }
      this.received.push(message);
      this.emit('message', message);
      return;
    }
    this.received.push(message);
    if (message.type === 'clock') send({ type: 'clock', t: message.t, show_ms: this.showMs() });
    else if (message.type === 'own') send({ type: 'own', contributions: this.#ownOf(session.table) });
    else if (message.type === 'submit') this.#submit(session, message, send);
    else if (message.type === 'command') {
      const code = this.commandFault ? '' : this.#carryOut(message.command);
      const fault = this.commandFault ?? (code ? { code, message: code } : null);
      if (fault) send({ type: 'result', request: message.request, ok: false, code: fault.code, message: fault.message, revision: this.state.revision });
      else {
        this.changed();
        send({ type: 'result', request: message.request, ok: true, code: '', message: '', revision: this.state.revision });
      }
    } else if (message.type === 'pictures') session.wish = message.want;
    else if (message.type === 'seen') {
      this.seen.push(message.picture);
      const name = session.pictures.get(message.picture);
      if (name !== undefined) session.underWay.set(name, Math.max(0, (session.underWay.get(name) ?? 0) - 1));
      session.pictures.delete(message.picture);
    }
    this.emit('message', message);
  }

  #submit(session: Session, message: Extract<ToServer, { type: 'submit' }>, send: (reply: object) => void): void {
    const { id, round, text, language } = message;
    const refusal = this.refusals.shift();
    if (refusal) {
      const refuse = (): void => send({ type: 'refused', id, ...refusal });
      if (this.holding) this.#held.push(refuse);
      else refuse();
      return;
    }
    let stored = this.contributions.find((c) => c.id === id);
    if (stored && stored.text !== text) {
      send({ type: 'refused', id, code: 'id_conflict', message: 'Another text has this id.', retry_after_ms: 0 });
      return;
    }
    const isNew = stored === undefined;
    stored ??= { ...asSent, id, text, round, sequence: ++this.#sequence, table: session.table, language };
    if (isNew) this.contributions.push(stored);
    const { sequence } = stored;
    const acknowledge = (): void => {
      send({ type: 'stored', id, sequence });
      const counted = this.state.rounds.find((r) => r.number === round);
      if (!isNew || !counted) return;
      counted.answers++;
      this.changed();
      for (const other of this.#sessions) {
        if (other !== session && other.table === session.table && other.role === 'table') {
          other.socket.send(JSON.stringify({ type: 'own_added', contribution: { ...asSent, id, text, round, sequence } }));
        }
      }
    };
    if (this.holding) this.#held.push(acknowledge);
    else acknowledge();
  }

  #carryOut(command: Command): string {
    const scenes = applyToScenes(this.state, command) ?? applyToCaptions(this.state, command, this.showMs() * 1e6);
    return scenes ?? applyToRundown(this.state, command, this.showMs() * 1e6, (step) => this.#carryOut(step)) ?? this.#apply(command);
  }

  #apply(command: Command): '' {
    const { state } = this;
    const all = Object.keys(state.faces);
    if (applyToMedia(state, command, this.showMs() * 1e6)) return '';
    if (command.kind === 'cut' && command.faces.length === 0) state.program = on(command.scene);
    else if (command.kind === 'cut') for (const face of command.faces) state.faces[face] = { wall: state.faces[face]?.wall ?? 'over', own: on(command.scene) };
    else if (command.kind === 'preview') state.preview = command.scene;
    else if (command.kind === 'take') this.#takePreview(command.faces, command.transition ?? state.transition.name);
    else if (command.kind === 'set_transition') state.transition = { name: command.transition, length: command.length_ms * 1e6, ...(command.values ? { values: command.values } : {}) };
    else if (command.kind === 'fade_to_black') state.black = { on: command.down, start: this.showMs() * 1e6, length: command.length_ms * 1e6 };
    else if (command.kind === 'move_t_bar') this.#moveTBar(command.position);
    else if (command.kind === 'follow') for (const face of command.faces.length ? command.faces : all) state.faces[face] = { wall: state.faces[face]?.wall ?? 'over', own: null };
    else if (command.kind === 'place_wall') for (const face of command.faces.length ? command.faces : all) state.faces[face] = { own: state.faces[face]?.own ?? null, wall: command.placement };
    else if (command.kind === 'set_question') Object.assign(state, { prepared: command.text, preparedLanguage: command.language, preparedParts: command.parts, preparedLength: command.length_ms });
    else if (command.kind === 'pause_round' || command.kind === 'resume_round') this.#hold(command.kind === 'pause_round');
    else if (command.kind === 'extend_round') for (const round of state.rounds) round.length_ms = (round.length_ms ?? 0) + (round.open ? command.by_ms : 0);
    else if (command.kind === 'show_notice') state.notice = command.text === '' ? null : { text: command.text, at_ms: this.showMs(), length_ms: command.length_ms ?? 20_000, on_faces: command.on_faces ?? false };
    else if (command.kind === 'set_channel') {
      const { source } = command;
      const untouched = { gain_db: 0, mute: false, solo: false, pan: 0, delay_ms: 0, follow: 'with' as const };
      state.sound.channels[source] = { ...(state.sound.channels[source] ?? untouched), ...changes(command) };
    } else if (command.kind === 'set_master') {
      Object.assign(state.sound.master, changes(command));
    } else if (command.kind === 'ring_bell') state.sound.bell = this.showMs() * 1e6;
    else if (command.kind === 'start_round') openRound(state, this.showMs());
    else if (command.kind === 'stop_round') for (const round of state.rounds) if (round.open) Object.assign(round, { open: false, ended_ms: this.showMs() });
    return '';
  }

  #hold(on: boolean): void {
    const round = this.state.rounds.find((r) => r.open);
    if (!round) return;
    if (!on && round.paused_since_ms !== null) round.paused_ms += this.showMs() - round.paused_since_ms;
    round.paused_since_ms = on ? this.showMs() : null;
  }

  #takePreview(faces: readonly string[], name: TransitionName): void {
    const { state } = this;
    const next = (now: Bus): Bus => ({
      scene: state.preview,
      mix: name === 'cut' ? null : { from: now.scene, how: { name, length: state.transition.length }, start: this.showMs() * 1e6, bar: null },
    });
    for (const face of faces) state.faces[face] = { wall: state.faces[face]?.wall ?? 'over', own: next(state.faces[face]?.own ?? state.program) };
    if (faces.length > 0) return;
    const before = state.program;
    state.program = next(before);
    state.preview = before.scene;
  }

  #moveTBar(position: number): void {
    if (!this.state.program.mix) this.#takePreview([], 'mix');
    const { mix } = this.state.program;
    if (mix) this.state.program.mix = position < 1 ? { ...mix, bar: position } : null;
  }

  // A scene is taken for the source at its back.
  #shownBy(view: string): string {
    const scene = view === 'preview' ? this.state.preview : view.startsWith('scene/') ? view.slice('scene/'.length) : this.state.program.scene;
    return sourcesIn(this.state, scene)[0] ?? '';
  }

  #tables(): number {
    return new Set([...this.#sessions].filter((s) => s.role === 'table').map((s) => s.table)).size;
  }

  #ownOf(table: number): OwnContribution[] {
    return this.contributions
      .filter((c) => c.table === table)
      .map((c) => ({ ...asSent, id: c.id, text: c.text, round: c.round, sequence: c.sequence, state: c.state }));
  }

  #sendState(session: Session): void {
    const heard = new Set(this.contributions.map((c) => c.table)).size;
    const view = session.role === 'table' ? roomViewOf(this.state) : deskViewOf(this.state, this.contributions.length, heard);
    session.socket.send(JSON.stringify({ type: 'state', revision: this.state.revision, view }));
  }

  // As render tells them some ten times a second.
  sendLevels(levels: SoundLevels): void {
    for (const session of this.#sessions) {
      if (session.role === 'producer') session.socket.send(JSON.stringify({ type: 'levels', ...levels }));
    }
  }

  #sendActual(): void {
    for (const session of this.#sessions) {
      if (session.role === 'table') continue;
      session.socket.send(JSON.stringify({ type: 'actual', ...actualOf(this.state, this.contributions.length, this.#tables()) }));
    }
  }

  #sendPictures(): void {
    this.#frames.at++;
    for (const session of this.#sessions) {
      for (const { kind, name } of session.wish) {
        const held = `${kind}:${name}`;
        const shown = kind === 'face' ? (sourcesIn(this.state, (this.state.faces[name]?.own ?? this.state.program).scene)[0] ?? '') : kind === 'view' ? this.#shownBy(name) : name;
        const loop = this.#frames.all.get(shown);
        const jpeg = loop?.[this.#frames.at % loop.length];
        if (!jpeg || (session.underWay.get(held) ?? 0) >= 2 || this.state.dead.includes(shown)) continue;
        const title = Buffer.from(name);
        const head = Buffer.alloc(7 + title.length);
        head.writeUInt8(1, 0);
        head.writeUInt8(pictureKinds.indexOf(kind), 1);
        head.writeUInt8(title.length, 2);
        title.copy(head, 3);
        head.writeUInt32BE(++this.#picture, 3 + title.length);
        session.pictures.set(this.#picture, held);
        session.underWay.set(held, (session.underWay.get(held) ?? 0) + 1);
        session.socket.send(Buffer.concat([head, jpeg]));
      }
    }
  }

  // Resolves with the first message, past or to come, that passes the test.
  async got<M extends ToServer>(test: (message: ToServer) => message is M, from?: number): Promise<M>;
  async got(test: (message: ToServer) => boolean, from?: number): Promise<ToServer>;
  async got(test: (message: ToServer) => boolean, from = 0): Promise<ToServer> {
    const known = this.received.slice(from).find(test);
    if (known) return known;
    const coming = new Promise<ToServer>((resolve) => {
      const look = (message: ToServer): void => {
        if (!test(message)) return;
        this.off('message', look);
        resolve(message);
      };
      this.on('message', look);
    });
    return within(coming, `a message like ${test.toString()}`);
  }
}
