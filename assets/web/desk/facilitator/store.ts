// What the server told of contributions and what is made of them. Pieces come by the hundred: who draws is told a few
// times a second at most.
import type { Connection } from '../../shared/connection';
import { Observable } from '../../shared/observable';
import type { Consolidation, Deed, FacilitatorContribution, Presence, Suggestion } from '../../shared/protocol';
import { inOrder } from './queue';

const tellEvery = 60; // milliseconds

export interface Story {
  contribution: string;
  deeds: readonly Deed[];
}

export class Store {
  readonly list = new Observable<readonly FacilitatorContribution[]>([]); // in the order they came
  readonly consolidation = new Observable<Consolidation | null>(null);
  readonly presence = new Observable<readonly Presence[]>([]);
  readonly suggestions = new Observable<readonly Suggestion[]>([]); // the strongest first
  readonly story = new Observable<Story | null>(null);
  readonly loading = new Observable(true); // more follows at once
  readonly #byId = new Map<string, FacilitatorContribution>();
  #epoch: string | number | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    connection.onMessage((message) => {
      if (message.type === 'welcome') this.#begin(message.epoch);
      else if (message.type === 'contributions') this.#take(message.contributions, message.more);
      else if (message.type === 'consolidation') this.#know(message.consolidation);
      else if (message.type === 'presence') this.presence.set(message.people);
      else if (message.type === 'suggestions') this.suggestions.set(message.suggestions);
      else if (message.type === 'history') this.story.set(message);
    });
  }

  get(id: string | null): FacilitatorContribution | undefined {
    return id === null ? undefined : this.#byId.get(id);
  }

  #begin(epoch: string | number): void {
    if (this.#epoch !== epoch) this.#byId.clear(); // another journal
    this.#epoch = epoch;
    this.loading.set(true);
    this.#tell();
  }

  #know(consolidation: Consolidation): void {
    this.consolidation.set(consolidation);
    if (consolidation.contributions === 0) this.loading.set(false);
  }

  #take(contributions: readonly FacilitatorContribution[], more: boolean): void {
    for (const one of contributions) this.#byId.set(one.id, one);
    this.loading.set(more);
    this.#tell();
  }

  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.list.set([...this.#byId.values()].sort(inOrder));
    }, tellEvery);
  }
}
