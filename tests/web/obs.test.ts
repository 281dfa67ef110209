// obs-websocket on the real program, as the clients that producers have at hand speak it: obs-websocket-js in both its
// encodings, and the order in which Companion asks when it connects.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import OBSWebSocket, { EventSubscription, RequestBatchExecutionType } from 'obs-websocket-js';
import JsonOBSWebSocket from 'obs-websocket-js/json';
import { need } from './support/harness';
import { within } from './support/patience';
import { Program } from './support/program';

const show = `
title = "Essai"
language = "fr"
tables = 8
[venue]
face_size = "320x180"
[wall]
placement = "off"
[[source]]
name = "cam1"
url = "lavfi:color=c=red:s=320x180:r=30"
[[source]]
name = "cam2"
url = "lavfi:color=c=blue:s=320x180:r=30"
[[source]]
name = "cam3"
url = "lavfi:testsrc=s=320x180:r=30"
`;

// What Companion's module subscribes to.
const companionEvents = 985087;

let program: Program;
before(async () => {
  program = await need(Program.run(show));
});
after(() => program.stop());

type Client = InstanceType<typeof OBSWebSocket>;

async function connect(client: Client = new OBSWebSocket(), eventSubscriptions: number = companionEvents): Promise<Client> {
  await client.connect(program.obsUrl, program.keys['obs-websocket'], { eventSubscriptions });
  return client;
}

// The next event of this name.
function heard(client: Client, name: 'CurrentProgramSceneChanged' | 'CurrentPreviewSceneChanged' | 'SceneTransitionEnded'): Promise<unknown> {
  return within(new Promise((resolve) => client.once(name, resolve)), name);
}

describe('a client', () => {
  for (const [encoding, make] of [['MessagePack', () => new OBSWebSocket()], ['JSON', () => new JsonOBSWebSocket()]] as const) {
    test(`in ${encoding} connects and asks`, async () => {
      const client = make() as Client;
      const hello = await client.connect(program.obsUrl, program.keys['obs-websocket']);
      assert.equal(hello.negotiatedRpcVersion, 1);
      const version = await client.call('GetVersion');
      assert.ok(version.supportedImageFormats.includes('jpg'));
      const { scenes } = await client.call('GetSceneList');
      assert.deepEqual(scenes.map((s) => s['sceneName']), ['cam3', 'cam2', 'cam1']);
      await assert.rejects(client.call('SetCurrentProgramScene', { sceneName: 'nowhere' }), { code: 600 });
      await client.disconnect();
    });
  }

  test('with a wrong password is told so in the words that Companion looks for', async () => {
    await assert.rejects(new OBSWebSocket().connect(program.obsUrl, 'not this one'), (error: Error & { code: number }) => {
      assert.equal(error.code, 4009);
      assert.match(error.message, /Authentication failed/);
      return true;
    });
    await assert.rejects(new OBSWebSocket().connect(program.obsUrl), (error: Error & { code: number }) => {
      assert.equal(error.code, 4009);
      assert.match(error.message, /missing an `authentication` string/);
      return true;
    });
  });

  test('gets a picture of a scene that is live', async () => {
    const client = await connect();
    const picture = async (): Promise<string> => {
      for (;;) {
        try {
          return (await client.call('GetSourceScreenshot', { sourceName: 'cam1', imageFormat: 'jpg', imageWidth: 160 })).imageData;
        } catch (error) {
          if ((error as { code?: number }).code !== 702) throw error; // the pictures are being started: ask again
        }
      }
    };
    const imageData = await within(picture(), 'a picture');
    const [head, body] = imageData.split(',');
    assert.equal(head, 'data:image/jpg;base64');
    const bytes = Buffer.from(body ?? '', 'base64');
    assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    await client.disconnect();
  });
});

describe('a producer', () => {
  test('takes a thousand times, and every client sees every take in its order', async () => {
    const producer = await connect();
    const watcher = await connect(new JsonOBSWebSocket() as unknown as Client);
    await producer.call('SetCurrentSceneTransition', { transitionName: 'cut' });
    await producer.call('CallVendorRequest', { vendorName: 'tribune', requestType: 'cut', requestData: { scene: 'cam1' } });
    await producer.call('SetCurrentPreviewScene', { sceneName: 'cam2' });

    const seen: Record<string, string[]> = { producer: [], watcher: [] };
    let finished = 0;
    const done = new Promise<void>((resolve) => {
      for (const [name, client] of [['producer', producer], ['watcher', watcher]] as const) {
        const note = (what: string): void => void seen[name]?.push(what);
        client.on('SceneTransitionStarted', () => note('started'));
        client.on('CurrentProgramSceneChanged', ({ sceneName }) => note(`program ${sceneName}`));
        client.on('CurrentPreviewSceneChanged', ({ sceneName }) => note(`preview ${sceneName}`));
        client.on('SceneTransitionEnded', () => {
          note('ended');
          if (seen[name]?.length === 4000 && ++finished === 2) resolve();
        });
      }
    });
    const wanted: string[] = [];
    let stale = 0;
    for (let i = 0; i < 1000; i++) {
      const [program_, preview] = i % 2 === 0 ? ['cam2', 'cam1'] : ['cam1', 'cam2'];
      wanted.push('started', `program ${program_}`, `preview ${preview}`, 'ended');
      await producer.call('TriggerStudioModeTransition');
      const now = await producer.call('GetCurrentProgramScene');
      if (now.currentProgramSceneName !== program_) stale++;
    }
    await done;
    assert.equal(stale, 0);
    assert.deepEqual(seen['producer'], wanted);
    assert.deepEqual(seen['watcher'], wanted);
    await Promise.all([producer.disconnect(), watcher.disconnect()]);
  });

  test('records, sees how long, and gets a film that plays', async () => {
    const client = await connect();
    const state = (active: boolean): Promise<unknown> =>
      within(new Promise<void>((resolve) => client.on('RecordStateChanged', ({ outputActive }) => outputActive === active && resolve())), 'RecordStateChanged');
    assert.equal((await client.call('GetRecordStatus')).outputActive, false);
    const started = state(true);
    await client.call('StartRecord');
    await started;
    await assert.rejects(client.call('StartRecord'), { code: 500 });
    const written = async (): Promise<number> => {
      for (;;) {
        const status = await client.call('GetRecordStatus');
        if (status.outputDuration > 1500) return status.outputBytes;
      }
    };
    assert.ok((await within(written(), 'a second of film')) > 1000);
    const stopped = state(false);
    const { outputPath } = await client.call('StopRecord');
    await stopped;
    assert.equal((await client.call('GetRecordStatus')).outputActive, false);
    const { recordDirectory } = await client.call('GetRecordDirectory');
    assert.ok(outputPath.startsWith(recordDirectory) || recordDirectory === 'recordings');
    const probed = spawnSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', outputPath], { encoding: 'utf8' });
    assert.equal(probed.stderr, '');
    assert.deepEqual(probed.stdout.trim().split(/\s+/), ['h264', 'aac']);
    await client.disconnect();
  });

  test('mixes, and hears when the mix is over', async () => {
    const client = await connect();
    await client.call('SetCurrentSceneTransition', { transitionName: 'mix' });
    await client.call('SetCurrentSceneTransitionDuration', { transitionDuration: 300 });
    const changed = heard(client, 'CurrentProgramSceneChanged');
    const ended = heard(client, 'SceneTransitionEnded');
    const begun = performance.now();
    await client.call('TriggerStudioModeTransition');
    await changed;
    await ended;
    assert.ok(performance.now() - begun >= 290, 'the end came before the time');
    await client.disconnect();
  });

  test('prepares a scene within one frame by a batch', async () => {
    const client = await connect(new OBSWebSocket(), EventSubscription.All);
    const results = await client.callBatch(
      [
        { requestType: 'CreateScene', requestData: { sceneName: 'duo' } },
        { requestType: 'CreateSceneItem', requestData: { sceneName: 'duo', sourceName: 'cam1' } },
        { requestType: 'CreateSceneItem', requestData: { sceneName: 'duo', sourceName: 'cam3' } },
        { requestType: 'SetCurrentPreviewScene', requestData: { sceneName: 'duo' } },
      ],
      { executionType: RequestBatchExecutionType.SerialFrame, haltOnFailure: true },
    );
    assert.deepEqual(results.map((r) => r.requestStatus.code), [100, 100, 100, 100]);
    const { sceneItems } = await client.call('GetSceneItemList', { sceneName: 'duo' });
    assert.deepEqual(sceneItems.map((i) => i['sourceName']), ['cam1 (input)', 'cam3 (input)']);
    await client.disconnect();
  });

  test('gives one face a picture of its own', async () => {
    const client = await connect();
    const told = new Promise<unknown>((resolve) => client.once('VendorEvent', resolve));
    await client.call('CallVendorRequest', { vendorName: 'tribune', requestType: 'cut', requestData: { scene: 'cam3', faces: ['east'] } });
    assert.ok(await told);
    const { responseData } = await client.call('CallVendorRequest', { vendorName: 'tribune', requestType: 'list_faces' });
    const faces = (responseData as { faces: { face: string; follows: boolean; scene: string }[] }).faces;
    assert.deepEqual(faces.filter((f) => !f.follows).map((f) => [f.face, f.scene]), [['east', 'cam3']]);
    await client.disconnect();
  });
});

test('Companion finds an answer to everything it asks when it connects, and each second after', async () => {
  const client = await connect();
  const raw = client as unknown as { call(type: string, data?: object): Promise<Record<string, unknown>> };
  const codes: Record<string, number> = {};
  const ask = async (type: string, data?: object): Promise<Record<string, unknown> | undefined> => {
    try {
      const answer = await raw.call(type, data);
      codes[type] = 100;
      return answer;
    } catch (error) {
      codes[type] = (error as { code: number }).code;
      return undefined;
    }
  };
  const list = (answer: Record<string, unknown> | undefined, field: string): Record<string, unknown>[] =>
    (answer?.[field] ?? []) as Record<string, unknown>[];

  await ask('GetVersion');
  await ask('GetStudioModeEnabled');
  await ask('GetHotkeyList');
  for (const output of list(await ask('GetOutputList'), 'outputs')) await ask('GetOutputStatus', { outputName: output['outputName'] });
  await ask('GetMonitorList');
  await ask('GetVideoSettings');
  await ask('GetReplayBufferStatus');
  const kinds = (await ask('GetInputKindList'))?.['inputKinds'] as string[];
  for (const inputKind of kinds) await ask('GetInputDefaultSettings', { inputKind });
  await Promise.all(['GetStats', 'GetRecordStatus', 'GetRecordDirectory', 'GetStreamStatus', 'GetStreamServiceSettings'].map((type) => ask(type)));
  const profiles = await ask('GetProfileList');
  assert.ok(Array.isArray(profiles?.['profiles']));
  const collections = await ask('GetSceneCollectionList');
  assert.ok(Array.isArray(collections?.['sceneCollections']));
  await ask('GetSceneTransitionList');
  await ask('GetCurrentSceneTransition');
  await ask('GetSpecialInputs');
  const scenes = list(await ask('GetSceneList'), 'scenes').map((s) => s['sceneName'] as string);
  assert.ok(scenes.length >= 3);
  await Promise.all(
    scenes.map(async (sceneName) => {
      const items = list(await ask('GetSceneItemList', { sceneName }), 'sceneItems');
      for (const item of items) await ask('GetInputAudioTracks', { inputName: item['sourceName'] });
      const batch = items.flatMap((item) => [
        { requestId: item['sourceName'] as string, requestType: 'GetSourceActive' as const, requestData: { sourceName: item['sourceName'] as string } },
        { requestId: item['sourceName'] as string, requestType: 'GetSourceFilterList' as const, requestData: { sourceName: item['sourceName'] as string } },
        { requestId: item['sourceName'] as string, requestType: 'GetInputSettings' as const, requestData: { inputName: item['sourceName'] as string } },
      ]);
      const results = await client.callBatch(batch);
      assert.equal(results.length, batch.length);
      for (const result of results) {
        assert.equal(result.requestStatus.code, 100, `${result.requestType}: ${JSON.stringify(result.requestStatus)}`);
        assert.ok(result.requestId);
      }
      await ask('GetSourceFilterList', { sourceName: sceneName });
    }),
  );
  assert.deepEqual(await client.callBatch([]), []);
  await ask('GetStats');
  const answered = ['GetVersion', 'GetStudioModeEnabled', 'GetSceneList', 'GetSceneItemList', 'GetSceneTransitionList', 'GetCurrentSceneTransition', 'GetStats', 'GetSourceFilterList', 'GetOutputStatus', 'GetProfileList', 'GetSceneCollectionList', 'GetRecordStatus', 'GetStreamStatus', 'GetVideoSettings', 'GetSpecialInputs'];
  for (const type of answered) assert.equal(codes[type], 100, type);
  assert.ok(!Object.values(codes).includes(204), `nothing is unknown: ${JSON.stringify(codes)}`);
  await client.disconnect();
});
