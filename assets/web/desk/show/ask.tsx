import { useEffect, useRef } from 'preact/hooks';

interface Given {
  question: string;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}

// Asks before something ends for the room; the way back has the focus.
export function Ask({ question, yes, no, onYes, onNo }: Given) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div
      class="ask" role="group" aria-labelledby="sure"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <p id="sure">{question}</p>
      <button type="button" ref={first} onClick={onNo}>
        {no}
      </button>
      <button type="button" class="yes" onClick={onYes}>
        {yes}
      </button>
    </div>
  );
}
