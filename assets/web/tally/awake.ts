// Keeps the screen lit while the page is seen, where the browser can: it does so on secure addresses only.
export type Awake = 'yes' | 'no';

export function stayAwake(tell: (awake: Awake) => void): () => void {
  let held: WakeLockSentinel | null = null;
  let over = false;
  const hold = async (): Promise<void> => {
    if (document.hidden || over) return;
    if (!('wakeLock' in navigator)) return tell('no');
    try {
      held = await navigator.wakeLock.request('screen');
      if (over) void held.release();
      else tell('yes');
    } catch {
      tell('no'); // an empty battery, or the device's owner does not allow it
    }
  };
  const seen = (): void => void hold(); // the system lets go of it when the page is hidden
  document.addEventListener('visibilitychange', seen);
  void hold();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', seen);
    void held?.release();
  };
}
