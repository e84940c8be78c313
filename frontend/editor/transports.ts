// Two ways for the same frames: a socket, and POST with long poll where a network refuses sockets.
import type { Limits } from "./parts";
import { pack, unpack } from "./wire";

export interface Transport {
  send(frame: Uint8Array): void;
  close(): void;
  /** Of one frame. */
  readonly limits: Limits;
}

export interface Events {
  open(): void;
  frame(frame: Uint8Array): void;
  /** Once, and not after `close()`. `opened`: whether it ever was a connection. */
  closed(code: number, opened: boolean): void;
}

export const SOCKET: Limits = { bytes: 64 * 1024, structs: 2_000 };
export const UPLOAD: Limits = { bytes: 1_500_000, structs: 20_000 };
export const LOST = 1006;
const TOO_LARGE = 413;

export function socket(address: string, events: Events): Transport {
  const link = new WebSocket(address.replace(/^http/, "ws"));
  let opened = false;
  link.binaryType = "arraybuffer";
  link.onopen = () => {
    opened = true;
    events.open();
  };
  link.onmessage = (event: MessageEvent<ArrayBuffer>) => events.frame(new Uint8Array(event.data));
  link.onclose = (event) => events.closed(event.code, opened);
  return {
    limits: SOCKET,
    send: (frame) => {
      if (link.readyState === WebSocket.OPEN) link.send(frame as Uint8Array<ArrayBuffer>);
    },
    close: () => {
      link.onopen = link.onmessage = link.onclose = null;
      link.close(1000);
    },
  };
}

/** `address` has a query; what is fetched of this connection stands before it. */
export function poll(address: string, events: Events): Transport {
  return new Poll(address, events).transport;
}

class Poll {
  private readonly abort = new AbortController();
  private readonly waiting: Uint8Array[] = [];
  private id = "";
  private sending = false;
  private readonly place: string;
  private readonly query: string;

  constructor(
    address: string,
    private readonly events: Events,
  ) {
    const [place = "", query = ""] = address.split("?");
    this.place = `${place}/poll`;
    this.query = query;
    void this.run();
  }

  get transport(): Transport {
    return {
      limits: UPLOAD,
      send: (frame) => {
        this.waiting.push(frame);
        void this.flush();
      },
      close: () => this.close(),
    };
  }

  private async run(): Promise<void> {
    try {
      const answer = await this.ask("POST", `${this.place}?${this.query}`);
      this.id = ((await answer.json()) as { connection: string }).connection;
      this.events.open();
      void this.flush();
      for (;;) await this.receive();
    } catch (error) {
      this.end(error);
    }
  }

  private async receive(): Promise<void> {
    const answer = await this.ask("GET", `${this.place}/${this.id}`);
    for (const frame of unpack(new Uint8Array(await answer.arrayBuffer()))) {
      if (this.abort.signal.aborted) return;
      this.events.frame(frame);
    }
  }

  /** One POST at a time: frames stay in order, and those that gather meanwhile go together. */
  private async flush(): Promise<void> {
    if (!this.id || this.sending) return;
    this.sending = true;
    try {
      while (this.waiting.length) await this.post(this.nextBatch());
    } catch (error) {
      this.end(error);
    } finally {
      this.sending = false;
    }
  }

  private nextBatch(): Uint8Array[] {
    let bytes = 0;
    const end = this.waiting.findIndex((frame) => (bytes += frame.length + 5) > UPLOAD.bytes);
    return this.waiting.splice(0, Math.max(1, end < 0 ? this.waiting.length : end));
  }

  private async post(frames: Uint8Array[]): Promise<void> {
    await this.ask("POST", `${this.place}/${this.id}`, pack(frames));
  }

  private async ask(method: string, address: string, body?: Uint8Array): Promise<Response> {
    const answer = await fetch(address, {
      method,
      credentials: "include",
      cache: "no-store",
      signal: this.abort.signal,
      ...(body && { body: body as Uint8Array<ArrayBuffer> }),
    });
    if (!answer.ok) throw new Refusal(await closeCode(answer));
    return answer;
  }

  private end(error: unknown): void {
    if (this.abort.signal.aborted) return;
    this.abort.abort();
    this.events.closed(error instanceof Refusal ? error.code : LOST, Boolean(this.id));
  }

  private close(): void {
    this.abort.abort();
    if (!this.id) return;
    const options = { method: "DELETE", credentials: "include", keepalive: true } as const;
    fetch(`${this.place}/${this.id}`, options).catch(() => undefined);
  }
}

class Refusal extends Error {
  constructor(readonly code: number) {
    super(`closed: ${code}`);
  }
}

/** What a socket says by its close code stands in the answer; else the status tells. */
async function closeCode(answer: Response): Promise<number> {
  const said = (await answer.json().catch(() => ({}))) as { close?: number };
  return said.close ?? (answer.status === TOO_LARGE ? 4000 + TOO_LARGE : LOST);
}
