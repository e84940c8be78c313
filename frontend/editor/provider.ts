// Joins one text: sends what is typed here, takes in what others type, and knows what is committed.
// "Saved" is said from acknowledgements alone.
import * as Y from "yjs";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import type { Person } from "./carets";
import { Link } from "./link";
import { Pending } from "./pending";
import { version } from "./schema";
import { forgetOthers, takeIn } from "./states";
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
const PRESENCE_EVERY = 150;
/** A frame's head, generously. */
const HEAD = 32;
const FRAME_STRUCTS = 2000;

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
    this.pending.add(update, !this.connected);
    this.listener.changed();
    this.sendSoon();
  };

  private sendSoon(): void {
    if (this.sendTimer || !this.connected) return;
    this.sendUnsent();
    this.sendTimer = window.setTimeout(() => {
      this.sendTimer = 0;
      if (this.pending.hasUnsent) this.sendSoon();
    }, SEND_EVERY);
  }

  /** Not before the server has said what it has: until then everything waits for the answer. */
  private sendUnsent(): void {
    if (this.mode !== "write" || this.sent === 0 || !this.pending.hasUnsent) return;
    this.deliver(this.pending.unsent(), wire.update);
  }

  /** What the server lacks. It asks when we join, and again when an update doesn't fit. */
  private answer(vector: Uint8Array): void {
    if (this.mode !== "write") {
      this.asked = vector;
      return;
    }
    this.asked = null;
    this.pending.unsend();
    const update = this.pending.all();
    const lacks = covers(update, this.doc, vector) ? update : Y.encodeStateAsUpdate(this.doc, vector);
    this.deliver(lacks, wire.step2);
  }

  private deliver(update: Uint8Array, frame: (update: Uint8Array) => Uint8Array): void {
    if (!this.fits(update)) return this.link.needRoom(true);
    this.sent += 1;
    this.pending.sentAs(this.sent);
    this.link.send(frame(update));
  }

  private fits(update: Uint8Array): boolean {
    const { limit } = this.link;
    if (update.length + HEAD > limit) {
      // Nothing takes more than the roomy way does.
      if (update.length > 1_000_000 && limit > 1_000_000) this.stop("full");
      return false;
    }
    // A part takes three bytes at least; only what could have too many is counted.
    const many = update.length > 3 * FRAME_STRUCTS && limit < 100_000;
    return !many || Y.decodeUpdate(update).structs.length <= FRAME_STRUCTS;
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

/** Whether a server with this state vector has the whole text once it takes the update. */
function covers(update: Uint8Array, doc: Y.Doc, vector: Uint8Array): boolean {
  const server = Y.decodeStateVector(vector);
  const { from, to } = Y.parseUpdateMeta(update);
  return [...Y.decodeStateVector(Y.encodeStateVector(doc))].every(([client, end]) => {
    const has = server.get(client) ?? 0;
    return has >= end || ((to.get(client) ?? 0) >= end && (from.get(client) ?? end) <= has);
  });
}
