// Several editors type into one or more texts; everybody must get everything.

import { readFileSync } from "node:fs";
import { Client, Text } from "./client.mjs";
import { newResults } from "./samples.mjs";

const AT_ONCE = 10; // who connect at the same time
const PATIENCE = 4000; // milliseconds without any news after which the rest counts as lost

export const pause = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));

export class Typing {
  constructor(job) {
    this.job = job;
    this.results = newResults();
    const recording = JSON.parse(readFileSync(job.recording));
    this.texts = job.texts.map((name) => new Text(job, name, recording));
    for (const text of this.texts)
      text.clients = recording.clients.map((_, editor) => new Client(text, editor, this.results));
    this.clients = this.texts.flatMap((text) => text.clients);
  }

  async join() {
    const { ports, cookies, origin } = this.job;
    const waiting = [...this.clients.entries()];
    const enter = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, client] = next;
        const headers = { Origin: origin, Cookie: cookies[client.editor] };
        await client.connect(ports[index % ports.length], headers);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, enter));
    for (const { clients, recording } of this.texts) clients[0].setUp(recording.setup);
    const first = (client) => client.text.recording.clients[0].first;
    await this.until(() => this.clients.every((client) => client.seen[0] >= first(client)));
    if (this.job.stalled) this.stall();
  }

  // One who reads nothing any more. He is the last one, and types nothing.
  stall() {
    this.stalled = this.clients.pop();
    this.stalled.socket._socket.pause();
  }

  async type(seconds) {
    this.results.propagation.count = this.results.acknowledgement.count = this.results.frames = 0;
    const used = process.cpuUsage();
    const begun = performance.now();
    const until = begun + seconds * 1000;
    await Promise.all(this.clients.map((client) => this.typeAs(client, until)));
    const typed = (performance.now() - begun) / 1000;
    const keys = this.clients.reduce((sum, client) => sum + client.next, 0);
    const { acknowledges } = this.texts[0].dialect;
    const expected = this.clients.reduce((sum, client) => sum + this.due(client), 0);
    await this.until(() => this.results.propagation.count >= expected
      && (!acknowledges || this.results.acknowledgement.count >= keys));
    return this.outcome(keys, expected, typed, process.cpuUsage(used));
  }

  // How many deliveries the others owe to this one.
  due(client) {
    const others = client.text.clients.filter((other) => other !== client);
    return others.reduce((sum, other) => sum + other.next, 0);
  }

  typeAs(client, until) {
    const interval = 1000 / this.job.rate;
    let due = performance.now() + Math.random() * interval;
    return new Promise((done) => {
      const tick = () => {
        const now = performance.now();
        if (now >= until || client.closed !== null) return done();
        for (; due <= now && client.next < client.frames.length; due += interval * (0.5 + Math.random())) {
          client.typeKey();
          if (this.job.carets) client.showCaret();
        }
        setTimeout(tick, Math.max(1, due - now));
      };
      setTimeout(tick, due - performance.now());
    });
  }

  async until(reached) {
    let last = -1;
    let since = performance.now();
    while (!reached() && performance.now() - since < PATIENCE) {
      const news = this.results.frames;
      if (news !== last) since = performance.now();
      last = news;
      await pause(5);
    }
  }

  outcome(keys, expected, typed, cpu) {
    const { propagation, acknowledgement, frames, gaps, closed, refused } = this.results;
    return {
      keys, expected, frames, gaps, closed, refused,
      missing: this.clients.flatMap((client) => this.missing(client)).slice(0, 10),
      rate: keys / typed,
      propagation: propagation.summary(),
      acknowledgement: acknowledgement.summary(),
      cpu: (cpu.user + cpu.system) / 1e6,
    };
  }

  // Whose keys this one has not got, for whoever looks for a loss.
  missing(client) {
    const { recording, clients, dialect } = client.text;
    return clients
      .map((other) => [other, recording.clients[other.editor].first + other.next])
      .filter(([other, end]) => other !== client && client.seen[other.editor] < end)
      .map(([other, end]) => ({
        text: dialect.name, at: client.editor, from: other.editor, of: other.own.id, typed: other.next,
        seen: client.seen[other.editor], end, acknowledged: other.acked, sent: other.numbered.length - 1,
      }));
  }

  leave() {
    for (const client of [...this.clients, this.stalled]) client?.socket.terminate();
  }
}
