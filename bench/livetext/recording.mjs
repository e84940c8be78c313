// Typing as browsers send it: each editor writes key by key into a paragraph of his own.
//
//   node recording.mjs <editors> <keys of each> <file>
//
// Yjs itself makes the updates. What others type doesn't change them, so that each editor's
// document needs nothing but the paragraphs with which the text begins.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as Y from "yjs";

const ROOT = "prosemirror";
const WORDS =
  "Am Ufer stehen Weiden, und das Wasser läuft bei starkem Regen über den Weg in die Gärten. ";

const clientId = (editor) => 1_000_000_007 + editor * 7_654_321;

export function updatesOf(doc, edit) {
  const updates = [];
  const keep = (update) => updates.push(Buffer.from(update).toString("base64"));
  doc.on("update", keep);
  edit();
  doc.off("update", keep);
  return updates;
}

function paragraphs(count) {
  const doc = new Y.Doc();
  doc.clientID = clientId(0);
  const blocks = Array.from({ length: count }, () => {
    const block = new Y.XmlElement("paragraph");
    block.insert(0, [new Y.XmlText()]);
    return block;
  });
  const [setup] = updatesOf(doc, () => doc.getXmlFragment(ROOT).insert(0, blocks));
  return setup;
}

function typing(setup, editor, keys) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(setup, "base64"));
  doc.clientID = clientId(editor);
  const text = doc.getXmlFragment(ROOT).get(editor).get(0);
  const first = Y.getState(doc.store, doc.clientID);
  const updates = updatesOf(doc, () => {
    for (let key = 0; key < keys; key++) text.insert(key, WORDS[key % WORDS.length]);
  });
  return { id: doc.clientID, first, updates };
}

export function record(editors, keys) {
  const setup = paragraphs(editors);
  const clients = Array.from({ length: editors }, (_, editor) => typing(setup, editor, keys));
  return { setup, clients };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [editors, keys, file] = process.argv.slice(2);
  writeFileSync(file, JSON.stringify(record(Number(editors), Number(keys))));
}
