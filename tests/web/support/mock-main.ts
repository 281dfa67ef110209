// Runs the stand-in by hand, to look at the pages: npm run mock
import { Mock } from './mock';

const mock = await new Mock().start(Number(process.env['PORT'] ?? 8090), 100);
const line = (path: string, key: string | undefined): void => console.log(`${mock.url}${path}#key=${key ?? ''}`);
console.log(mock.url);
line('/table/7', mock.keys['table/7']);
line('/tally/cam1', mock.keys['observer']);
for (const [desk, role] of [['producer', 'producer'], ['stage', 'technician'], ['show', 'director']] as const) line(`/desk/${desk}`, mock.keys[role]);
