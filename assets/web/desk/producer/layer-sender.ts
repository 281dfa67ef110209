// Sends a layer while it is dragged: the newest, at most once a drawn frame, few under way at a time, the last always.
import type { Layer } from '../../shared/protocol';

const mostUnderWay = 3;

export class LayerSender {
  readonly #send: (scene: string, layer: Layer) => Promise<unknown>;
  #next: { scene: string; layer: Layer; done: () => void } | null = null;
  #frame = 0;
  #underWay = 0;

  constructor(send: (scene: string, layer: Layer) => Promise<unknown>) {
    this.#send = send;
  }

  // `done` is called when this one was answered and nothing newer waits.
  put(scene: string, layer: Layer, done: () => void): void {
    if (this.#next && (this.#next.scene !== scene || this.#next.layer.name !== layer.name)) this.#go();
    this.#next = { scene, layer, done };
    this.#plan();
  }

  #plan(): void {
    if (this.#frame !== 0 || this.#next === null || this.#underWay >= mostUnderWay) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#go();
    });
  }

  #go(): void {
    const next = this.#next;
    if (!next) return;
    this.#next = null;
    this.#underWay++;
    void this.#send(next.scene, next.layer).then(() => {
      this.#underWay--;
      if (this.#next === null && this.#underWay === 0) next.done();
      this.#plan();
    });
  }
}
