// One editor's connection: it sends what was recorded and builds no document.

import WebSocket from "ws";
import { dialectOf, STEP_1, STEP_2 } from "./dialects.mjs";
import { rangesOf } from "./updates.mjs";

// The same bytes go to everybody: what they bring is read once for all who are in the text.
const MOST_REMEMBERED = 500;

export class Text {
  constructor({ server, schema }, name, recording) {
    this.dialect = dialectOf(server, name, schema);
    this.recording = recording;
    this.position = new Map(recording.clients.map((client, index) => [client.id, index]));
    // When each key of each editor was sent, in milliseconds.
    this.sentAt = recording.clients.map((client) => new Float64Array(client.updates.length));
    this.clients = [];
    this.read = new Map();
  }

  ranges(update) {
    const key = update.latin1Slice();
    let ranges = this.read.get(key);
    if (!ranges) {
      if (this.read.size >= MOST_REMEMBERED) this.read.clear();
      ranges = rangesOf(update);
      this.read.set(key, ranges);
    }
    return ranges;
  }
}

export class Client {
  constructor(text, editor, results) {
    this.text = text;
    this.editor = editor;
    this.own = text.recording.clients[editor];
    this.results = results;
    this.seen = text.recording.clients.map(() => 0);
    this.frames = this.own.updates.map((update) => this.framed(update));
    this.next = 0; // the key that is typed next
    this.reset();
  }

  framed(update) {
    return this.text.dialect.update(Buffer.from(update, "base64"));
  }

  reset() {
    this.numbered = [-1]; // by number of the connection's updates: which key, -1 for none
    this.acked = 0;
    this.bytes = 0;
    this.closed = null;
  }

  // Resolves when the text has come.
  connect(port, headers) {
    this.reset();
    this.begun = performance.now();
    this.socket = new WebSocket(this.text.dialect.url(port), {
      headers, perMessageDeflate: false, skipUTF8Validation: true, maxPayload: 0,
    });
    this.socket.on("message", (bytes) => this.received(bytes));
    return new Promise((resolve, reject) => {
      this.joined = resolve;
      this.socket.on("open", () => this.text.dialect.greeting().forEach((f) => this.send(f)));
      this.socket.on("error", (error) => reject(error));
      this.socket.on("close", (code) => this.ended(code, reject));
    });
  }

  ended(code, reject) {
    this.closed = code;
    this.results.closed.push(code);
    reject(new Error(`closed with ${code}`));
  }

  send(frame) {
    this.socket.send(frame);
  }

  received(bytes) {
    this.bytes += bytes.length;
    this.results.frames += 1;
    this.text.dialect.read(bytes, this);
  }

  synced(step, payload) {
    if (step === STEP_1) {
      this.numbered.push(-1);
      this.send(this.text.dialect.nothingNew());
      this.asked?.(payload);
      return;
    }
    this.take(this.text.ranges(payload));
    if (step === STEP_2) this.joined();
  }

  take(ranges) {
    const now = performance.now();
    for (let at = 0; at < ranges.length; at += 3) {
      const whose = this.text.position.get(ranges[at]);
      const end = ranges[at + 2];
      if (whose === undefined || end <= this.seen[whose]) continue;
      if (whose !== this.editor) {
        if (ranges[at + 1] > this.seen[whose]) this.results.gaps += 1;
        this.delivered(whose, Math.max(ranges[at + 1], this.seen[whose]), end, now);
      }
      this.seen[whose] = end;
    }
  }

  delivered(whose, from, end, now) {
    const { first } = this.text.recording.clients[whose];
    const sentAt = this.text.sentAt[whose];
    for (let key = Math.max(from - first, 0); key < end - first; key++)
      this.results.propagation.push(now - sentAt[key]);
  }

  acknowledged(count) {
    const now = performance.now();
    const sentAt = this.text.sentAt[this.editor];
    for (; this.acked < count; this.acked++) {
      const key = this.numbered[this.acked + 1];
      if (key >= 0) this.results.acknowledgement.push(now - sentAt[key]);
    }
  }

  told(said) {
    if ("refused" in said) this.results.refused.push(said.reason);
  }

  setUp(update) {
    this.numbered.push(-1);
    this.send(this.framed(update));
  }

  typeKey() {
    const key = this.next++;
    this.numbered.push(key);
    this.text.sentAt[this.editor][key] = performance.now();
    this.send(this.frames[key]);
  }

  // Where the caret is, as y-prosemirror says it.
  showCaret() {
    const item = { client: this.own.id, clock: this.own.first + this.next - 1 };
    const place = { type: null, tname: null, item, assoc: 0 };
    const user = { name: `Person ${this.editor}`, color: "#1F5FA8" };
    const state = JSON.stringify({ user, cursor: { anchor: place, head: place } });
    this.send(this.text.dialect.awareness(this.own.id, this.next, state));
  }
}
