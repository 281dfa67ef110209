// What tables and phones are told of the room, as it stands.
import type { Connection } from '../shared/connection';
import { Observable } from '../shared/observable';
import type { Asks, Voices } from '../shared/protocol';

export interface Feeds {
  asks: Observable<Asks | null>;
  voices: Observable<Voices | null>;
}

export function feedsOf(connection: Connection): Feeds {
  const feeds: Feeds = { asks: new Observable<Asks | null>(null), voices: new Observable<Voices | null>(null) };
  connection.onMessage((message) => {
    if (message.type === 'asks') feeds.asks.set(message.asks);
    else if (message.type === 'voices') feeds.voices.set(message.voices);
  });
  return feeds;
}
