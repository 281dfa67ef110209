// Starts a page: its key, its connection, its place in the document.
import { render, type VNode } from 'preact';
import { Connection, socketUrl } from './connection';
import { language } from './i18n';
import { deviceId, takeKey } from './key';

export const deskRoles: readonly string[] = ['technician', 'producer', 'director', 'facilitator', 'observer'];

export const connect = (roles: readonly string[], nick?: () => string): Connection =>
  new Connection({ url: socketUrl(), key: takeKey(), device: deviceId(), lang: () => language.get(), roles, ...(nick && { nick }) });

export function mount(page: VNode): void {
  const place = document.getElementById('page');
  if (place) render(page, place);
}
