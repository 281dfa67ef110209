// The panels of the dock, in the order of their tabs. What a panel is: dock.tsx.
import { captionsPanel } from './captions-panel';
import { clipsPanel } from './clips-panel';
import { controllersPanel } from './controllers-panel';
import type { Panel } from './dock';
import { effectsPanel } from './effects-panel';
import { multiviewPanel } from './multiview-panel';
import { rundownPanel } from './rundown-panel';
import { soundPanel } from './sound-panel';

export const panels: readonly Panel[] = [rundownPanel, captionsPanel, effectsPanel, clipsPanel, soundPanel, multiviewPanel, controllersPanel];
