// The state in words. "Saved" follows acknowledgements, "kept" follows the device's own store.
import { announce, language, part, type Say } from "./page";
import type { Provider } from "./provider";

/** Milliseconds. */
const SAYS_SAVING = 400;
const SAYS_KEPT = 4_000;
const STOPS_WRITING = 30_000;

export type State =
  | "opening"
  | "reading"
  | "commenting"
  | "suggesting"
  | "ready"
  | "saved"
  | "saving"
  | "kept"
  | "loose"
  | "stopped"
  | "offline"
  | "offline-reading"
  | "cannot"
  | "ended";

const MODES: Record<string, State> = { comment: "commenting", suggest: "suggesting" };
/** As the portal itself writes times, in English, too. */
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const UNSAVED = new Set<State>(["kept", "loose", "stopped", "cannot"]);
const READING = new Set<State>(["reading", "commenting", "suggesting"]);
const BEFORE_ANY = new Set<State>(["opening", "offline-reading"]);

export class SavedState {
  state: State = "opening";
  private readonly begun = performance.now();
  private told = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly provider: Provider,
    private readonly say: Say,
    private readonly onChange: (state: State) => void,
  ) {
    // Time alone changes the state of what waits.
    window.setInterval(() => this.refresh(), 200);
    window.addEventListener("beforeunload", (event) => {
      if (provider.pending.size) event.preventDefault();
    });
  }

  refresh(): void {
    const before = this.state;
    this.state = this.now();
    this.show();
    if (this.state === before) return;
    // Keys that no longer write look like a broken page to whoever can't see the words.
    if (READING.has(this.state) && !READING.has(before) && !BEFORE_ANY.has(before))
      announce(this.root, "state", this.words);
    this.onChange(this.state);
  }

  private now(): State {
    const { provider } = this;
    const { pending, mode, connected, synced, end } = provider;
    if (end) return pending.size ? "cannot" : "ended";
    if (!synced) return this.opening();
    if (pending.size && connected && mode !== "write") return "cannot";
    if (pending.size) return this.waiting();
    if (mode !== "write") return connected ? (MODES[mode] ?? "reading") : "offline-reading";
    if (!connected) return "offline";
    return pending.savedAt ? "saved" : "ready";
  }

  /** Where nobody answers, what is to be read is the page's own, and what waits is kept. */
  private opening(): State {
    const { pending, connected } = this.provider;
    if (connected || performance.now() - this.begun < SAYS_KEPT) return "opening";
    return pending.size ? "kept" : "offline-reading";
  }

  private waiting(): State {
    const { pending, connected } = this.provider;
    if (connected && pending.age < SAYS_SAVING && this.state !== "opening") return this.shortWait();
    if (connected && pending.age < SAYS_KEPT) return "saving";
    if (pending.keeps) return "kept";
    return pending.age > STOPS_WRITING ? "stopped" : "loose";
  }

  /** What is acknowledged within a blink changes no word. */
  private shortWait(): State {
    return UNSAVED.has(this.state) ? this.state : this.provider.pending.savedAt ? "saved" : "ready";
  }

  private get words(): string {
    const { savedAt } = this.provider.pending;
    const time = savedAt?.toLocaleTimeString(language(), CLOCK) ?? "";
    return this.say(this.state, { time });
  }

  private show(): void {
    const { words } = this;
    const line = part(this.root, ".editor__state");
    const place = part(line, "[data-state-words]");
    const unsaved = String(this.provider.pending.size);
    // Only what has changed: it is looked at five times a second.
    if (line.dataset.state !== this.state) line.dataset.state = this.state;
    if (line.dataset.unsaved !== unsaved) line.dataset.unsaved = unsaved;
    if (place.textContent !== words) place.textContent = words;
    this.tell(words);
  }

  /** Once when something is in the way, once when it is over; never at each save. */
  private tell(words: string): void {
    const trouble = UNSAVED.has(this.state);
    if (trouble ? this.told === this.state : !this.told || this.state === "saving") return;
    this.told = trouble ? this.state : "";
    announce(this.root, "state", words);
  }
}
