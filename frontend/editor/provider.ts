// Joins one text: sends what is typed here, takes in what others type, and knows what is committed.
// "Saved" is said from acknowledgements alone.
import * as Y from "yjs";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import type { Person } from "./carets";
import { Link } from "./link";
import { fits, parts, type Limits } from "./parts";
import type { Batch, Pending } from "./pending";
import { root, version } from "./schema";
import { forgetOthers, takeIn } from "./states";
import { SOCKET, UPLOAD } from "./transports";
import * as wire from "./wire";

/** Why nothing can be saved any more, until the person does something. */
export type End =
  | "signed-out"
  | "no-right"
  | "unknown"
  | "replaced"
  | "full"
  | "flood"
  | "refused"
  | "outdated"
  | "other-user";

export interface Listener {
  /** Connection, mode or what is unsaved has changed. */
  changed(): void;
  /** Others' edits have come in; the clients who made them. */
  edited(clients: number[]): void;
  /** These parts of the page are old. */
  stale(parts: string[]): void;
}

export interface Place {
  /** `https://…/live/<text>.<epoch>` */
  address: string;
  user: string;
}

/** Milliseconds between two sends: far below what one connection may. */
const SEND_EVERY = 66;
const BYTES_PER_SECOND = 200_000;
const PRESENCE_EVERY = 150;
/** A frame's head, generously. */
const HEAD = 32;

const ENDS: Record<number, End> = {
  4400: "refused",
  4401: "signed-out",
  4403: "no-right",
  4404: "unknown",
  4408: "flood",
  4409: "replaced",
  4413: "full",
  4429: "flood",
};

export class Provider {
  readonly awareness: Awareness;
  private readonly link: Link;
  private readonly held: Uint8Array[] = [];
  private sent = 0;
  private sendTimer = 0;
  private presenceTimer = 0;
  private asked: Uint8Array | null = null;
  private holding = false;
  mode = "";
  synced = false;
  /** Milliseconds of the page's life. */
  syncedAt = 0;
  end: End | null = null;
  /** Who we are, as the server says. */
  self: Person | null = null;

  constructor(
    readonly doc: Y.Doc,
    readonly pending: Pending,
    private readonly place: Place,
    private readonly listener: Listener,
  ) {
    this.awareness = new Awareness(doc);
    this.link = new Link(`${place.address}?schema=${version}`, {
      opened: () => this.opened(),
      frame: (frame) => this.read(wire.read(frame)),
      lost: () => this.lost(),
      ended: (code) => this.stop(ENDS[code] ?? "refused"),
    });
    doc.on("update", this.typed);
    this.awareness.on("update", this.moved);
  }

  get connected(): boolean {
    return this.link.open;
  }

  /** Whoever could write when the link broke goes on; the server decides when it is back. */
  get canWrite(): boolean {
    return this.mode === "write" && this.synced && !this.end;
  }

  start(): void {
    this.link.start();
  }

  /** After the server's last word: the person wants to try once more. */
  again(): void {
    this.end = null;
    this.listener.changed();
    this.link.again();
  }

  /** While letters are composed, nothing may change under them. */
  hold(holding: boolean): void {
    this.holding = holding;
    if (!holding) for (const update of this.held.splice(0)) this.apply(update);
  }

  private stop(end: End): void {
    this.end = end;
    this.link.stop();
    this.listener.changed();
  }

  // --- What comes ---------------------------------------------------------------------------

  private opened(): void {
    this.sent = 0;
    this.asked = null;
    this.link.send(wire.step1(Y.encodeStateVector(this.doc)));
    this.comeForward();
  }

  private lost(): void {
    forgetOthers(this.awareness, this);
    this.listener.changed();
  }

  private read(message: wire.Message): void {
    if (message.kind === "control") this.obey(message.control);
    else if (message.kind === "step1") this.answer(message.vector);
    else if (message.kind === "update") this.take(message.update, message.answer);
    else if (message.kind === "ack") this.acknowledged(message.count);
    else if (message.kind === "awareness") takeIn(this.awareness, message.update, this);
    else if (message.kind === "query") this.presence();
  }

  private obey(control: wire.Control): void {
    const { user, schema, reload, mode, refused, changed } = control;
    if (user && String(user.id) !== this.place.user) return this.stop("other-user");
    if (reload || (schema !== undefined && schema !== version)) return this.stop("outdated");
    if (refused !== undefined) this.refused(control.reason ?? "");
    if (mode !== undefined) this.become(mode);
    if (user) this.self = user;
    if (changed) this.listener.stale(changed);
  }

  /** Without the right, the text can still be read; what was typed waits, to be copied. */
  private refused(reason: string): void {
    this.pending.unsend();
    if (reason !== "mode") this.stop(reason === "full" ? "full" : "refused");
  }

  private become(mode: string): void {
    this.mode = mode;
    if (this.asked) this.answer(this.asked);
    else if (this.pending.hasUnsent) this.sendSoon();
    this.listener.changed();
  }

  private take(update: Uint8Array, answer: boolean): void {
    if (this.holding) this.held.push(update);
    else this.apply(update);
    if (!answer || this.synced) return;
    this.synced = true;
    this.syncedAt = performance.now();
    this.listener.changed();
  }

  private apply(update: Uint8Array): void {
    const known = Y.encodeStateVector(this.doc);
    Y.applyUpdate(this.doc, update, this);
    const news = Y.parseUpdateMeta(Y.diffUpdate(update, known)).to;
    news.delete(this.doc.clientID);
    if (this.synced && news.size) this.listener.edited([...news.keys()]);
  }

  private acknowledged(count: number): void {
    if (!this.pending.acknowledge(count)) return;
    if (!this.pending.size) this.link.needRoom(false);
    this.listener.changed();
  }

  // --- What goes ----------------------------------------------------------------------------

  private readonly typed = (update: Uint8Array, origin: unknown): void => {
    // A reader's page may tidy a text for itself; that is nobody's edit.
    if (origin === this || origin === this.pending || !this.canWrite) return;
    for (const part of this.inParts(update)) this.pending.add(part, !this.connected);
    this.listener.changed();
    this.sendSoon();
  };

  /** What no text has room for is not begun either. */
  private inParts(update: Uint8Array): Uint8Array[] {
    if (update.length > UPLOAD.bytes) return [update];
    return parts(update, this.doc.getXmlFragment(root), within(SOCKET));
  }

  /** Nothing before the server has said what it has: until then everything waits for the answer. */
  private sendSoon(): void {
    if (this.sendTimer || !this.connected) return;
    const { mode, sent, pending } = this;
    const may = mode === "write" && sent > 0 && pending.hasUnsent;
    const bytes = may ? this.deliver(pending.batch(this.limits), wire.update) : 0;
    this.pause(bytes);
  }

  private pause(bytes: number): void {
    clearTimeout(this.sendTimer);
    const wait = Math.max(SEND_EVERY, (1000 * bytes) / BYTES_PER_SECOND);
    this.sendTimer = window.setTimeout(() => {
      this.sendTimer = 0;
      if (this.pending.hasUnsent) this.sendSoon();
    }, wait);
  }

  /** What the server lacks. It asks when we join, and again when an update doesn't fit. */
  private answer(vector: Uint8Array): void {
    if (this.mode !== "write") {
      this.asked = vector;
      return;
    }
    this.asked = null;
    const { pending, doc } = this;
    pending.unsend();
    const next = pending.completes(doc, vector)
      ? pending.batch(this.limits)
      : pending.whole(Y.encodeStateAsUpdate(doc, vector));
    this.pause(this.deliver(next, wire.step2));
  }

  private get limits(): Limits {
    return within(this.link.limits);
  }

  /** How many bytes went. */
  private deliver(batch: Batch, frame: (update: Uint8Array) => Uint8Array): number {
    const { update } = batch;
    if (!fits(update, this.limits)) {
      this.makeRoom();
      return 0;
    }
    this.sent += 1;
    this.pending.sentAs(this.sent, batch);
    this.link.send(frame(update));
    return update.length;
  }

  /** Nothing takes more than the roomy way does. */
  private makeRoom(): void {
    if (this.link.limits === UPLOAD) this.stop("full");
    else this.link.needRoom(true);
  }

  private readonly moved = (_changes: unknown, origin: unknown): void => {
    if (origin !== "local" || this.presenceTimer) return;
    this.presenceTimer = window.setTimeout(() => {
      this.presenceTimer = 0;
      this.presence();
    }, PRESENCE_EVERY);
  };

  /** Others take a state for news only when it is counted on: also our first one, and our next
   * one after they were told that we had left. */
  private comeForward(): void {
    this.awareness.setLocalState(this.awareness.getLocalState());
  }

  private presence(): void {
    const own = encodeAwarenessUpdate(this.awareness, [this.doc.clientID]);
    this.link.send(wire.awareness(own));
  }
}

function within({ bytes, structs }: Limits): Limits {
  return { bytes: bytes - HEAD, structs };
}
