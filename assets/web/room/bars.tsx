// Results as bars that grow into place; figures and words say the same.
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../shared/hooks';
import { saidWords } from './said-words';

export interface Row {
  label: string;
  share: number; // of the longest, 0…1
  figure: string;
  mine: boolean;
}

export function Bars({ rows }: { rows: readonly Row[] }) {
  const s = useWords(saidWords);
  const [grown, grow] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => grow(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <ul class="bars">
      {rows.map(({ label, share, figure, mine }, at) => (
        <li key={at} class={mine ? 'mine' : ''}>
          <p>
            <span dir="auto">
              {label}
              {mine && <span class="yours"> ✓ {s.yours}</span>}
            </span>
            <b>{figure}</b>
          </p>
          <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={grown ? Math.round(share * 1000) / 10 : 0} height="1" />
          </svg>
        </li>
      ))}
    </ul>
  );
}
