// Dragging with any pointer: from what has data-drag to what has data-drop. With a finger, from a grip only (.grip),
// since the rest scrolls.
import { useEffect, useRef } from 'preact/hooks';

const least = 6; // pixels before it is no click

export interface Dragging {
  words: (dragged: string) => string; // what is under the pointer
  drop: (dragged: string, target: string) => void;
}

const within = (element: Element | null, name: string): HTMLElement | null => element?.closest<HTMLElement>(`[data-${name}]`) ?? null;

export function useDragging(given: Dragging): void {
  const newest = useRef(given);
  newest.current = given;
  useEffect(() => {
    let end: (() => void) | null = null;
    const down = (event: PointerEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      const source = within(target, 'drag');
      if (!source || !target || end || event.button !== 0 || target.closest('button, input, select, textarea')) return;
      if (event.pointerType === 'touch' && !target.closest('.grip')) return;
      const dragged = source.dataset['drag'] ?? '';
      const [x, y] = [event.clientX, event.clientY];
      let ghost: HTMLElement | null = null;
      let over: HTMLElement | null = null;
      const aim = (to: HTMLElement | null): void => {
        over?.classList.remove('over');
        over = to && to.dataset['drop'] !== dragged ? to : null;
        over?.classList.add('over');
      };
      const move = (now: PointerEvent): void => {
        if (now.pointerId !== event.pointerId) return;
        if (!ghost) {
          if (Math.hypot(now.clientX - x, now.clientY - y) < least) return;
          ghost = document.createElement('div');
          ghost.className = 'ghost';
          ghost.textContent = newest.current.words(dragged);
          document.body.append(ghost);
          document.body.classList.add('dragging');
        }
        now.preventDefault();
        ghost.style.transform = `translate(${now.clientX + 14}px, ${now.clientY + 10}px)`;
        aim(within(document.elementFromPoint(now.clientX, now.clientY), 'drop'));
      };
      const finish = (drop: boolean): void => {
        const to = over?.dataset['drop'];
        const moved = ghost !== null;
        aim(null);
        ghost?.remove();
        document.body.classList.remove('dragging');
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', up);
        removeEventListener('pointercancel', cancel);
        removeEventListener('keydown', escape, true);
        end = null;
        if (!moved) return;
        // The click that ends a drag chooses nothing.
        const swallow = (click: Event): void => click.stopPropagation();
        addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => removeEventListener('click', swallow, true), 0);
        if (drop && to !== undefined) newest.current.drop(dragged, to);
      };
      const up = (now: PointerEvent): void => {
        if (now.pointerId === event.pointerId) finish(true);
      };
      const cancel = (): void => finish(false);
      const escape = (key: KeyboardEvent): void => {
        if (key.key !== 'Escape' || !ghost) return;
        key.stopImmediatePropagation();
        finish(false);
      };
      end = () => finish(false);
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', cancel);
      addEventListener('keydown', escape, true);
    };
    addEventListener('pointerdown', down);
    return () => {
      removeEventListener('pointerdown', down);
      end?.();
    };
  }, []);
}
