// Edits that no acknowledgement covers yet, in order, and where each is kept meanwhile.
import * as Y from "yjs";
import type { Outbox } from "./outbox";

interface Entry {
  update: Uint8Array;
  since: number;
  /** The number of the message that carried it on this connection; 0: not sent yet. */
  message: number;
  key?: number;
  writing?: boolean;
}

/** Milliseconds: who is acknowledged sooner costs no write to the disk. */
const KEEP_AFTER = 150;
const NOTHING = new Uint8Array([0, 0]);

export class Pending {
  private entries: Entry[] = [];
  private timer = 0;
  /** False where nothing can be kept: the page then says so, and takes less. */
  keeps: boolean;
  savedAt: Date | null = null;

  constructor(private readonly outbox: Outbox | null) {
    this.keeps = outbox !== null;
    for (const leaving of ["beforeunload", "pagehide"])
      window.addEventListener(leaving, () => this.keep(0));
  }

  /** What an earlier page left behind goes first. */
  async restore(doc: Y.Doc): Promise<void> {
    for (const { key, update } of (await this.outbox?.all()) ?? []) {
      Y.applyUpdate(doc, update, this);
      this.entries.push({ update, key, writing: true, since: performance.now(), message: 0 });
    }
  }

  get size(): number {
    return this.entries.length;
  }

  /** Milliseconds that the oldest has been waiting. */
  get age(): number {
    const [oldest] = this.entries;
    return oldest ? performance.now() - oldest.since : 0;
  }

  get hasUnsent(): boolean {
    return this.entries.some(({ message }) => !message);
  }

  /** `offline`: nobody will acknowledge it soon, so it is kept at once. */
  add(update: Uint8Array, offline: boolean): void {
    this.entries.push({ update, since: performance.now(), message: 0 });
    if (offline) this.keep(0);
    else if (!this.timer) this.timer = window.setTimeout(() => this.keep(KEEP_AFTER), KEEP_AFTER);
  }

  unsent(): Uint8Array {
    return merged(this.entries.filter(({ message }) => !message));
  }

  all(): Uint8Array {
    return merged(this.entries);
  }

  sentAs(message: number): void {
    for (const entry of this.entries) entry.message ||= message;
  }

  /** Another connection, or what didn't fit: all of it goes again. */
  unsend(): void {
    for (const entry of this.entries) entry.message = 0;
  }

  /** True if anything was waiting for it. */
  acknowledge(count: number): boolean {
    const done = this.entries.filter(({ message }) => message && message <= count);
    if (!done.length) return false;
    this.entries = this.entries.filter((entry) => !done.includes(entry));
    this.savedAt = new Date();
    void this.forget(done);
    return true;
  }

  /** The person gives it up. */
  discard(): Promise<void> {
    return this.forget(this.entries.splice(0));
  }

  private async forget(entries: Entry[]): Promise<void> {
    const keys = entries.flatMap(({ key }) => key ?? []);
    if (keys.length) await this.outbox?.remove(keys).catch(() => this.fail());
  }

  private keep(olderThan: number): void {
    clearTimeout(this.timer);
    this.timer = 0;
    const until = performance.now() - olderThan;
    const loose = this.keeps ? this.entries.filter(({ writing }) => !writing) : [];
    const due = loose.filter(({ since }) => since <= until);
    if (due.length) void this.write(due);
    if (loose.length > due.length)
      this.timer = window.setTimeout(() => this.keep(olderThan), olderThan);
  }

  /** All at once: when the page goes, there is no second moment. */
  private async write(due: Entry[]): Promise<void> {
    const { outbox } = this;
    if (!outbox) return;
    const written = due.map(async (entry) => {
      entry.writing = true;
      entry.key = await outbox.add(entry.update);
      // It was acknowledged while it was written.
      if (!this.entries.includes(entry)) await this.forget([entry]);
    });
    await Promise.all(written).catch(() => this.fail());
  }

  private fail(): void {
    this.keeps = false;
  }
}

function merged(entries: Entry[]): Uint8Array {
  const updates = entries.map(({ update }) => update);
  return updates.length ? Y.mergeUpdates(updates) : NOTHING;
}
