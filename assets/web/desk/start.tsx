// What every desk starts with.
import type { VNode } from 'preact';
import type { Connection } from '../shared/connection';
import { actualOf, viewOf } from '../shared/hooks';
import { language, type Words } from '../shared/i18n';
import type { Observable } from '../shared/observable';
import { connect, deskRoles, mount } from '../shared/page';
import type { Actual, DeskView } from '../shared/protocol';
import { Toasts } from '../shared/toasts';

export interface DeskParts {
  connection: Connection;
  toasts: Toasts;
  view: Observable<DeskView | null>;
  actual: Observable<Actual | null>;
}

// `nick`: whose name the server is told; while it is empty, the page itself starts the connection.
export function startDesk(words: Words<{ title: string }>, page: (parts: DeskParts) => VNode, nick?: () => string): void {
  const connection = connect(deskRoles, nick);
  const toasts = new Toasts();
  connection.onMessage((message) => {
    if (message.type === 'error' || message.type === 'refused') toasts.fault(message.code, message.message);
  });
  const title = (): void => {
    document.title = `Tribune · ${words[language.get()].title}`;
  };
  title();
  language.subscribe(title);
  mount(page({ connection, toasts, view: viewOf<DeskView>(connection), actual: actualOf(connection) }));
  if (nick?.() !== '') connection.start();
}
