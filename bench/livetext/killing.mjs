// Ten type while their server is killed, come back with what they have, and say what is missing.

import { createInterface } from "node:readline";
import * as Y from "yjs";
import { Typing } from "./typing.mjs";
import { Reader } from "./updates.mjs";
import { Client } from "./client.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => JSON.parse((await lines.next()).value);
const say = (said) => process.stdout.write(JSON.stringify(said) + "\n");
const ROOT = "prosemirror";

function clocksIn(vector) {
  const reader = new Reader(vector);
  const clocks = new Map();
  for (let count = reader.number(); count > 0; count--) clocks.set(reader.number(), reader.number());
  return clocks;
}

// What this client knows to be kept, as the number of keys.
function keysAcknowledged(client) {
  let keys = 0;
  for (const key of client.numbered.slice(1, client.acked + 1)) keys = Math.max(keys, key + 1);
  return keys;
}

async function comeBack(typing, client) {
  const { recording } = client.text;
  const keysBefore = keysAcknowledged(client);
  const { ports, origin, cookies } = typing.job;
  let kept = 0;
  const asked = new Promise((resolve) => (client.asked = (vector) => {
    kept = clocksIn(vector).get(client.own.id) ?? 0;
    resolve();
  }));
  await client.connect(ports[0], { Origin: origin, Cookie: cookies[client.editor] });
  await asked;
  const keysKept = Math.max(0, kept - client.own.first);
  if (client.editor === 0 && kept < client.own.first) client.setUp(recording.setup);
  if (client.editor === 0) await typing.until(() => client.acked >= client.numbered.length - 1);
  return { lost: Math.max(0, keysBefore - keysKept), acknowledged: keysBefore, keysKept };
}

async function sendRest(typing, client, keysKept) {
  const typed = client.next;
  client.next = Math.min(keysKept, typed);
  while (client.next < typed) client.typeKey();
  await typing.until(() => client.acked >= client.numbered.length - 1);
  return client.acked >= client.numbered.length - 1;
}

function expected(text) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(text.recording.setup, "base64"));
  for (const client of text.clients)
    for (const update of client.own.updates.slice(0, client.next))
      Y.applyUpdate(doc, Buffer.from(update, "base64"));
  return doc.getXmlFragment(ROOT).toString();
}

// What somebody finds who comes in afterwards.
async function found(typing, text) {
  const doc = new Y.Doc();
  const reader = new Client(text, 0, typing.results);
  reader.take = () => {};
  const { synced } = reader;
  reader.synced = function (step, payload) {
    if (step) Y.applyUpdate(doc, payload);
    return synced.call(this, step, payload);
  };
  const { ports, origin, cookies } = typing.job;
  await reader.connect(ports[0], { Origin: origin, Cookie: cookies[0] });
  const whole = expected(text);
  await typing.until(() => doc.getXmlFragment(ROOT).toString() === whole);
  return doc.getXmlFragment(ROOT).toString() === whole;
}

const typing = new Typing(await read());
await typing.join();
say({ joined: true });
await read();
const until = performance.now() + typing.job.seconds * 1000;
await Promise.all(typing.clients.map((client) => typing.typeAs(client, until)));
await read(); // the server is back
const [text] = typing.texts;
const sum = (values) => values.reduce((total, value) => total + value, 0);
const typed = sum(text.clients.map((client) => client.next));
const [first, ...others] = text.clients;
const back = [await comeBack(typing, first)];
back.push(...(await Promise.all(others.map((client) => comeBack(typing, client)))));
const whole = await Promise.all(
  text.clients.map((client, index) => sendRest(typing, client, back[index].keysKept)),
);
say({
  typed,
  acknowledged: sum(back.map((each) => each.acknowledged)),
  lost: sum(back.map((each) => each.lost)),
  allBack: whole.every(Boolean) && (await found(typing, text)),
});
