// Tabs, by pointer and by arrow keys. All panels stay: what is typed in one is not lost by a look at another.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface Tab {
  name: string;
  label: string;
  count?: number;
  wants?: string; // something there asks for attention, in words
  panel: ComponentChildren;
}

interface Given {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose: (name: string) => void;
}

export function Tabs({ label, tabs, chosen, onChoose }: Given) {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const at = (tabs.findIndex((tab) => tab.name === chosen) + by + tabs.length) % tabs.length;
    onChoose(tabs[at]?.name ?? chosen);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={step}>
        {tabs.map(({ name, label: title, count, wants }) => (
          <button
            key={name} id={`tab-${name}`} type="button" role="tab" aria-selected={name === chosen} aria-controls={`panel-${name}`}
            tabIndex={name === chosen ? 0 : -1} onClick={() => onChoose(name)}
          >
            {title} {count !== undefined && count > 0 && <span class="count">{count}</span>}
            {wants && (
              <span class="wants" title={wants}>
                <span aria-hidden="true">!</span>
                <span class="hidden">{wants}</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {tabs.map(({ name, panel }) => (
        <div key={name} id={`panel-${name}`} role="tabpanel" aria-labelledby={`tab-${name}`} hidden={name !== chosen}>
          {panel}
        </div>
      ))}
    </>
  );
}
