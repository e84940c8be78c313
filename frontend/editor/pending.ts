// Edits that no acknowledgement covers yet, in order, and where each is kept meanwhile.
import * as Y from "yjs";
import type { Outbox } from "./outbox";
import type { Limits } from "./parts";

interface Entry {
  update: Uint8Array;
  since: number;
  /** The number of the message that carried it on this connection; 0: not sent yet. */
  message: number;
  key?: number | undefined;
  writing?: boolean;
}

/** Some of them as one update. */
export interface Batch {
  update: Uint8Array;
  entries: Entry[];
}

/** Milliseconds: who is acknowledged sooner costs no write to the disk. */
const KEEP_AFTER = 150;
/** Merging more at once takes the square of their number. */
const MOST_CHANGES = 500;
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
    const kept = (await this.outbox?.all()) ?? [];
    const since = performance.now();
    // At once: each for itself would be kept back anew until the text is there.
    if (kept.length) Y.applyUpdate(doc, merged(kept.map(({ update }) => update)), this);
    this.entries = kept.map((each) => ({ ...each, writing: true, since, message: 0 }));
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

  /** In the order in which it was written. */
  get updates(): Uint8Array[] {
    return this.entries.map(({ update }) => update);
  }

  /** Whether a server with this state vector has the whole text once it takes all of them. */
  completes(doc: Y.Doc, vector: Uint8Array): boolean {
    const server = Y.decodeStateVector(vector);
    const has = (client: number) => server.get(client) ?? 0;
    for (const { from, to } of this.updates.map(Y.parseUpdateMeta))
      for (const [client, end] of to)
        if ((from.get(client) ?? 0) <= has(client)) server.set(client, Math.max(end, has(client)));
    const here = Y.decodeStateVector(Y.encodeStateVector(doc));
    return [...here].every(([client, end]) => has(client) >= end);
  }

  /** The next of what isn't sent, as much as goes together; one that is larger goes alone. */
  batch(limits: Limits): Batch {
    const entries: Entry[] = [];
    const room = { ...limits };
    for (const entry of this.entries) {
      if (entry.message) continue;
      room.bytes -= entry.update.length;
      room.structs -= Y.decodeUpdate(entry.update).structs.length;
      const full = room.bytes < 0 || room.structs < 0 || entries.length === MOST_CHANGES;
      if (full && entries.length) break;
      entries.push(entry);
    }
    return { entries, update: merged(entries.map(({ update }) => update)) };
  }

  /** All of it, said by one update. */
  whole(update: Uint8Array): Batch {
    return { update, entries: this.entries };
  }

  sentAs(message: number, { entries }: Batch): void {
    for (const entry of entries) entry.message = message;
  }

  /** Another connection, or what didn't fit: all of it goes again. */
  unsend(): void {
    for (const entry of this.entries) entry.message = 0;
  }

  /** True if anything was waiting for it. */
  acknowledge(count: number): boolean {
    const isDone = ({ message }: Entry) => message > 0 && message <= count;
    const done = this.entries.filter(isDone);
    if (!done.length) return false;
    this.entries = this.entries.filter((entry) => !isDone(entry));
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
    for (const entry of due) entry.writing = true;
    try {
      const keys = await outbox.add(due.map(({ update }) => update));
      due.forEach((entry, at) => (entry.key = keys[at]));
    } catch {
      this.fail();
    }
    // What was acknowledged while it was written.
    await this.forget(due.filter((entry) => !this.entries.includes(entry)));
  }

  private fail(): void {
    this.keeps = false;
  }
}

function merged(updates: Uint8Array[]): Uint8Array {
  if (!updates.length) return NOTHING;
  const groups: Uint8Array[] = [];
  for (let at = 0; at < updates.length; at += MOST_CHANGES)
    groups.push(Y.mergeUpdates(updates.slice(at, at + MOST_CHANGES)));
  return Y.mergeUpdates(groups);
}
