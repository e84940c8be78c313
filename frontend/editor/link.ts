// Keeps one connection up: comes back by itself, notices a dead link, and finds another way where
// sockets are refused.
import type { Limits } from "./parts";
import { poll, SOCKET, socket, type Transport } from "./transports";
import { control } from "./wire";

export interface Handlers {
  opened(): void;
  frame(frame: Uint8Array): void;
  /** Until it is open again; it comes back by itself. */
  lost(): void;
  /** The server's last word: by itself nothing comes back. */
  ended(code: number): void;
}

/** Milliseconds. */
const PING = 10_000;
const SILENCE = 20_000;
const ANSWER_WITHIN = 5_000;
const SHORTEST_WAIT = 300;
const LONGEST_WAIT = 20_000;
const POLL_FOR = 300_000;
const FAILED_UPGRADES = 3;

export class Link {
  private transport: Transport | null = null;
  private attempts = 0;
  private failedUpgrades = 0;
  private heardAt = 0;
  private pingedAt = 0;
  private retry = 0;
  private beat = 0;
  private running = false;
  private roomy = false;
  private polling = false;
  open = false;

  constructor(
    private readonly address: string,
    private readonly handlers: Handlers,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    for (const [target, name, listener] of this.wakers) target.addEventListener(name, listener);
    this.connect();
  }

  stop(): void {
    this.running = false;
    for (const [target, name, listener] of this.wakers) target.removeEventListener(name, listener);
    this.drop();
  }

  send(frame: Uint8Array): void {
    if (this.open) this.transport?.send(frame);
  }

  /** Of the largest frame that this way takes. */
  get limits(): Limits {
    return this.transport?.limits ?? SOCKET;
  }

  /** Goes the way that takes large frames, until `roomy(false)`. */
  needRoom(roomy: boolean): void {
    if (this.roomy === roomy) return;
    this.roomy = roomy;
    this.again();
  }

  /** At once instead of after the wait; also after the server's last word. */
  again(): void {
    this.drop();
    this.running ? this.connect() : this.start();
  }

  private connect(): void {
    clearTimeout(this.retry);
    const way = this.roomy || this.failedUpgrades >= FAILED_UPGRADES ? poll : socket;
    this.polling = way === poll;
    const transport: Transport = way(this.address, {
      open: () => this.opened(),
      frame: (frame) => this.received(frame),
      closed: (code, opened) => this.closed(code, opened),
    });
    this.transport = transport;
    this.listenSince(performance.now());
  }

  private opened(): void {
    this.open = true;
    if (!this.polling) this.failedUpgrades = 0;
    this.listenSince(performance.now());
    this.handlers.opened();
  }

  private received(frame: Uint8Array): void {
    this.heardAt = performance.now();
    this.attempts = 0;
    this.handlers.frame(frame);
  }

  private closed(code: number, opened: boolean): void {
    if (this.polling) this.failedUpgrades = FAILED_UPGRADES - 1;
    else if (!opened) this.failedUpgrades += 1;
    this.drop();
    if (code >= 4400 && code < 4500) {
      this.running = false;
      this.handlers.ended(code);
    } else {
      this.retryLater();
    }
  }

  /** Full jitter: a server that comes back isn't met by everybody at once. */
  private retryLater(): void {
    const longest = Math.min(LONGEST_WAIT, 2 * SHORTEST_WAIT * 2 ** this.attempts);
    this.attempts += 1;
    const wait = SHORTEST_WAIT + Math.random() * (longest - SHORTEST_WAIT);
    this.retry = window.setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    clearTimeout(this.retry);
    clearInterval(this.beat);
    const wasOpen = this.open;
    this.open = false;
    this.transport?.close();
    this.transport = null;
    if (wasOpen) this.handlers.lost();
  }

  /** Counts from a ping that stays unanswered, not from silence: a hidden tab pings rarely. */
  private listenSince(begun: number): void {
    this.heardAt = this.pingedAt = begun;
    clearInterval(this.beat);
    this.beat = window.setInterval(() => {
      const now = performance.now();
      const unanswered = !this.open || this.pingedAt > this.heardAt;
      if (unanswered && now - Math.max(this.pingedAt, begun) > SILENCE - PING) this.lose();
      else if (this.polling && !this.roomy && now - begun > POLL_FOR) this.trySocket();
      else if (this.open && !unanswered && now - this.pingedAt >= PING) this.ping();
    }, 1000);
  }

  private ping(): void {
    this.pingedAt = performance.now();
    this.send(control({ ping: Math.round(this.pingedAt) }));
  }

  private trySocket(): void {
    this.failedUpgrades = FAILED_UPGRADES - 1;
    this.again();
  }

  private lose(): void {
    this.drop();
    this.retryLater();
  }

  /** After sleep, another network, the page out of the cache: is the link still one? */
  private readonly wake = (event: Event): void => {
    const loading = event instanceof PageTransitionEvent && !event.persisted;
    if (!this.running || loading || document.visibilityState === "hidden") return;
    if (!this.open && (event.type === "online" || !this.transport)) return this.again();
    if (this.open) this.ask();
  };

  private ask(): void {
    this.ping();
    const { pingedAt } = this;
    window.setTimeout(() => {
      if (this.open && this.heardAt < pingedAt) this.again();
    }, ANSWER_WITHIN);
  }

  private readonly cut = (): void => {
    if (this.running && this.open) this.lose();
  };

  private readonly wakers = [
    [window, "online", this.wake],
    [window, "pageshow", this.wake],
    [document, "visibilitychange", this.wake],
    [window, "offline", this.cut],
  ] as const;
}
