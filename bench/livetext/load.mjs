// Plays a job that comes as a line of JSON on standard input. Answers a line when everything is
// ready, waits for a line, plays, and answers with what it measured.

import { createInterface } from "node:readline";
import { Typing } from "./typing.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => (await lines.next()).value;
const say = (said) => process.stdout.write(JSON.stringify(said) + "\n");

const job = JSON.parse(await read());
const typing = new Typing(job);
await typing.join();
say({ joined: typing.clients.length });
await read();
say(await typing.type(job.seconds));
await read();
typing.leave();
process.exit(0);
