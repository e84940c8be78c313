// A large text as many hands leave it: bursts of typing, each somewhere else.
//
//   node large.mjs <updates> <characters of each> <file>
//
// The file holds, after each other and each behind its length (four bytes): the client ids as
// JSON with the sum of all clocks, every update, and last the state that they come to.

import { writeFileSync } from "node:fs";
import * as Y from "yjs";

const ROOT = "prosemirror";
const WRITERS = 20, PARAGRAPHS = 1000, BURST = 10; // updates of one person at one place
const WORDS = "Was am Ufer wächst, hält den Boden; was versiegelt ist, leitet das Wasser nur weiter. ";

// The same text each time: a small generator of Park and Miller.
let seed = 20_261_123;
const below = (bound) => (seed = (seed * 48_271) % 2_147_483_647) % bound;

const [updates, size, file] = process.argv.slice(2);
const doc = new Y.Doc();
const clients = Array.from({ length: WRITERS }, (_, index) => 2_000_000_011 + index * 7_654_321);
const parts = [];
doc.on("update", (update) => parts.push(update));
doc.clientID = clients[0];
const blocks = Array.from({ length: PARAGRAPHS }, () => {
  const block = new Y.XmlElement("paragraph");
  block.insert(0, [new Y.XmlText()]);
  return block;
});
doc.getXmlFragment(ROOT).insert(0, blocks);
let text, at;
for (let number = 0; parts.length < Number(updates); number++) {
  if (number % BURST === 0) {
    doc.clientID = clients[below(WRITERS)];
    text = blocks[below(PARAGRAPHS)].get(0);
    at = below(text.length + 1);
  }
  const from = (number * Number(size)) % (WORDS.length - Number(size));
  text.insert(at, WORDS.slice(from, from + Number(size)));
  at += Number(size);
}
const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc)).values()];
const total = clocks.reduce((sum, clock) => sum + clock, 0);
const head = Buffer.from(JSON.stringify({ clients, total }));
const framed = [head, ...parts, Y.encodeStateAsUpdate(doc)].flatMap((part) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(part.length);
  return [length, part];
});
writeFileSync(file, Buffer.concat(framed));
