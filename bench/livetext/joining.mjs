// People open one text, one after the other or at once; each says how long it took to have it all.

import { createInterface } from "node:readline";
import WebSocket from "ws";
import { dialectOf, STEP_1 } from "./dialects.mjs";
import { rangesOf } from "./updates.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const job = JSON.parse((await lines.next()).value);
const read = new Map(); // how many clocks a frame brings, by its bytes: all get the same
// Milliseconds without a frame, after which frames are read: the first time that takes a while in
// which no other would be seen to come.
const QUIET = 20;

function clocksIn(update) {
  const key = update.length + update.latin1Slice(0, 200);
  if (!read.has(key)) {
    const ranges = rangesOf(update);
    let clocks = 0;
    for (let at = 0; at < ranges.length; at += 3) clocks += ranges[at + 2] - ranges[at + 1];
    read.set(key, clocks);
  }
  return read.get(key);
}

class Visitor {
  constructor(cookie) {
    this.cookie = cookie;
    this.bytes = this.clocks = 0;
    this.frames = [];
    this.dialect = dialectOf(job.server, job.text, job.schema);
  }

  join() {
    const begun = performance.now();
    const headers = { Origin: job.origin, Cookie: this.cookie };
    const options = { headers, perMessageDeflate: false, skipUTF8Validation: true, maxPayload: 0 };
    this.socket = new WebSocket(this.dialect.url(job.port), options);
    this.socket.on("open", () => this.dialect.greeting().forEach((f) => this.socket.send(f)));
    return new Promise((resolve, reject) => {
      this.whole = () => resolve({ time: this.came - begun, bytes: this.bytes });
      this.socket.on("error", reject);
      this.socket.on("close", (code) => reject(new Error(`closed with ${code}`)));
      this.socket.on("message", (frame) => {
        this.frames.push([performance.now(), frame]);
        clearTimeout(this.reading);
        this.reading = setTimeout(() => this.read(), QUIET);
      });
    });
  }

  read() {
    for (const [came, frame] of this.frames.splice(0)) {
      this.came = came;
      this.bytes += frame.length;
      this.dialect.read(frame, this);
    }
  }

  synced(step, payload) {
    if (step === STEP_1) return;
    this.clocks += clocksIn(payload);
    if (this.clocks >= job.total) this.whole();
  }

  acknowledged() {}

  told() {}
}

for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const { count } = JSON.parse(line.value);
  const visitors = Array.from({ length: count }, (_, n) => new Visitor(job.cookies[n]));
  const joined = await Promise.all(visitors.map((visitor) => visitor.join()));
  process.stdout.write(JSON.stringify({ joined }) + "\n");
}
