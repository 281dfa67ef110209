// Gives each face of the demo another look: node tools/demo/arrange.mjs URL KEYS.json
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const [url, keys] = process.argv.slice(2);
const commands = [
    { kind: 'cut', scene: 'salle', faces: ['north'] },
    { kind: 'cut', scene: 'table', faces: ['east'] },
    { kind: 'cut', scene: 'tribune', faces: ['west'] },
    { kind: 'place_wall', placement: 'over', faces: ['north'] },
    { kind: 'place_wall', placement: 'beside', faces: ['east'] },
    { kind: 'place_wall', placement: 'full', faces: ['south'] },
    { kind: 'place_wall', placement: 'off', faces: ['west'] },
];
const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, 'tribune');
const send = (message) => socket.send(JSON.stringify(message));
socket.on('open', () => send({ type: 'hello', proto: 1, key: JSON.parse(readFileSync(keys)).producer, device: 'arrange' }));
let done = 0;
socket.on('message', (data, binary) => {
    const message = binary ? {} : JSON.parse(data);
    if (message.type === 'welcome') commands.forEach((command, i) => send({ type: 'command', request: String(i), command }));
    if (message.type !== 'result') return;
    if (!message.ok) throw new Error(message.message);
    if (++done === commands.length) socket.close();
});
socket.on('close', () => process.exit(done === commands.length ? 0 : 1));
