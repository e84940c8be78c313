// Writes updates-*.json: every update of people who edit one text, as Yjs and y-prosemirror write
// them. Run it with `node tests/livetext/golden/make.mjs` after a change of the schema or of their
// versions, and look at what changed.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Fragment, Slice, Y, schema } from "./editor.mjs";

const require = createRequire(new URL("../../../frontend/package.json", import.meta.url));
const { ySyncPlugin, yUndoPlugin, yUndoPluginKey, undo, redo } = require("y-prosemirror");
const { EditorState, TextSelection } = require("prosemirror-state");
const { splitBlock, joinBackward, setBlockType, wrapIn, toggleMark, selectAll } = require("prosemirror-commands");
const { wrapInList, splitListItem, sinkListItem, liftListItem } = require("prosemirror-schema-list");

const { nodes, marks } = schema;

// What y-prosemirror needs of an editor's view, without a screen.
class View {
  constructor(doc) {
    const plugins = [ySyncPlugin(doc.getXmlFragment("prosemirror")), yUndoPlugin()];
    this.state = EditorState.create({ schema, plugins });
    this.parts = [];
    this.dispatch = this.dispatch.bind(this);
    this.parts = plugins.map((plugin) => plugin.spec.view?.(this)).filter(Boolean);
  }
  dispatch(transaction) {
    const before = this.state;
    this.state = before.apply(transaction);
    this.parts.forEach((part) => part.update?.(this, before));
  }
  hasFocus() {
    return false;
  }
}

const block = (name, ...content) => nodes[name].create(null, content);
const text = (letters, ...set) => schema.text(letters, set);
const paragraph = (letters) => nodes.paragraph.create(null, letters ? [text(letters)] : []);

class Person {
  // `number` is the client id; what the person writes is kept in `updates`.
  constructor(number, { initial = true } = {}) {
    this.doc = new Y.Doc();
    this.doc.clientID = number;
    this.updates = [];
    this.doc.on("update", (update, origin) => origin !== this && this.updates.push(update));
    this.view = new View(this.doc);
    if (initial) this.change((t) => t.replaceWith(0, t.doc.content.size, paragraph("")));
  }
  get size() {
    return this.view.state.doc.content.size;
  }
  change(make) {
    const t = this.view.state.tr;
    make(t);
    this.view.dispatch(t);
    return this;
  }
  at(from, to = from) {
    return this.change((t) => t.setSelection(TextSelection.create(t.doc, from, to)));
  }
  do(command) {
    if (!command(this.view.state, this.view.dispatch)) throw new Error(`a command did nothing to ${this.view.state.doc} at ${this.view.state.selection.from}`);
    return this;
  }
  type(letters) {
    for (const letter of letters) this.change((t) => t.insertText(letter));
    return this;
  }
  backspace(times) {
    for (let i = 0; i < times; i++) {
      this.change((t) => t.delete(t.selection.from - 1, t.selection.from));
    }
    return this;
  }
  // What comes after is undone by itself.
  pause() {
    yUndoPluginKey.getState(this.view.state).undoManager.stopCapturing();
    return this;
  }
  receive(updates) {
    for (const update of updates) Y.applyUpdate(this.doc, update, this);
    return this;
  }
  state(since) {
    return Y.encodeStateAsUpdate(this.doc, since);
  }
  take() {
    return this.updates.splice(0);
  }
}

// Everything that each has written since goes to everybody, in the order of the people.
function meet(log, ...people) {
  for (const person of people) {
    const news = person.take();
    log.push(...news);
    people.filter((other) => other !== person).forEach((other) => other.receive(news));
  }
}

const scenarios = {
  typing() {
    const anna = new Person(101);
    anna.at(1).type("Ein Satz, dann noch eein").backspace(4).type("ein zweiter.");
    anna.do(splitBlock).type("Neuer Absatz").at(3).do(splitBlock).do(joinBackward);
    anna.at(2, 6).change((t) => t.deleteSelection()).at(anna.size - 1).type("!");
    return anna;
  },
  blocks() {
    const anna = new Person(102);
    anna.at(1).type("Titel").do(setBlockType(nodes.heading, { level: 2 })).do(splitBlock);
    anna.do(setBlockType(nodes.heading, { level: 4 })).type("Unter").do(splitBlock);
    anna.type("eins").do(wrapInList(nodes.bulletList));
    anna.do(splitListItem(nodes.listItem)).type("zwei").do(sinkListItem(nodes.listItem));
    anna.do(splitListItem(nodes.listItem)).type("drei").do(liftListItem(nodes.listItem));
    anna.change((t) => t.insert(t.doc.content.size, block("orderedList", block("listItem", paragraph("a")))));
    const task = nodes.taskItem.create({ checked: false }, [paragraph("zu tun")]);
    anna.change((t) => t.insert(t.doc.content.size, block("taskList", task)));
    let found;
    anna.view.state.doc.descendants((node, at) => void (node.type === nodes.taskItem && (found = at)));
    anna.change((t) => t.setNodeMarkup(found, null, { checked: true }));
    anna.change((t) => t.setNodeMarkup(0, null, { level: 3 }));
    anna.change((t) => t.insert(0, paragraph("Zitat"))).at(2).do(wrapIn(nodes.blockquote));
    return anna;
  },
  tables() {
    const anna = new Person(103);
    const row = (kind, ...cells) => block("tableRow", ...cells.map((cell) => block(kind, paragraph(cell))));
    anna.change((t) =>
      t.insert(0, block("table", row("tableHeader", "Maßnahme", "Wer"), row("tableCell", "Bäume", "Amt"))),
    );
    anna.at(5).type("Neue ");
    const table = () => anna.view.state.doc.firstChild;
    anna.change((t) => t.insert(table().nodeSize - 1, row("tableCell", "Bänke", "Verein")));
    const cell = 2 + table().firstChild.nodeSize;
    anna.change((t) => t.setNodeMarkup(cell, null, { colspan: 2, rowspan: 1, colwidth: [120, 80] }));
    anna.change((t) => t.setNodeMarkup(cell, null, { colspan: 1, rowspan: 1, colwidth: null }));
    anna.change((t) => t.delete(1, 1 + table().firstChild.nodeSize));
    return anna;
  },
  marks() {
    const anna = new Person(104);
    anna.at(1).type("Hier steht ein längerer Satz mit Auszeichnung.");
    const set = (from, to, mark) => anna.change((t) => t.addMark(from, to, mark));
    anna.at(1, 5).do(toggleMark(marks.bold)).at(3, 8).do(toggleMark(marks.italic));
    anna.at(3, 4).do(toggleMark(marks.bold)).at(6).type("kursiv?");
    set(10, 16, marks.link.create({ href: "https://example.org/seite?x=[{1}]&y=\"2\"" }));
    set(12, 22, marks.language.create({ lang: "en" }));
    set(5, 20, marks.comment.create({ thread: "0b9f6e0e-6a54-4a3c-9f0e-0d0f5a1c2b3d" }));
    set(10, 30, marks.comment.create({ thread: "5f0c1f7a-93cf-4e46-8d8b-6a2f3f2f9a10" }));
    set(18, 25, marks.strike.create());
    anna.change((t) => t.removeMark(5, 12, marks.comment)).change((t) => t.removeMark(1, 30, marks.link));
    return anna;
  },
  composition() {
    const anna = new Person(105);
    anna.at(1).type("Wort ");
    const compose = (from, ...stages) =>
      stages.reduce((end, stage) => {
        anna.change((t) => t.insertText(stage, from, end));
        return from + stage.length;
      }, from);
    let end = compose(6, "k", "か", "かn", "かんj", "かんじ", "漢字");
    anna.at(end).type(" ");
    end = compose(end + 1, "´", "é", "ét", "été");
    compose(end, "👩", "👩‍👩", "👩‍👩‍👧", "👨‍👩‍👧‍👦");
    anna.at(anna.size - 1).type("😀😃").backspace(2).change((t) => t.insertText("Worte", 1, 5));
    return anna;
  },
  pasting() {
    const anna = new Person(106);
    anna.at(1).type("Anfang und Ende").at(8);
    const pasted = Fragment.from([
      paragraph("eingefügt"),
      nodes.heading.create({ level: 3 }, [text("Überschrift", marks.bold.create())]),
      block("bulletList", block("listItem", paragraph("Punkt"), block("bulletList", block("listItem", paragraph("darin"))))),
      nodes.image.create({ src: "/bilder/1.png", alt: "Ein Baum", lang: "de" }),
      block("paragraph", text("Zeile"), nodes.hardBreak.create(), text("darunter")),
    ]);
    anna.change((t) => t.replaceSelection(new Slice(pasted, 1, 1)));
    const cut = anna.view.state.doc.slice(3, 30);
    anna.at(3, 30).change((t) => t.deleteSelection()).at(anna.size - 1).change((t) => t.replaceSelection(cut));
    anna.do(selectAll).change((t) => t.deleteSelection()).at(1).type("leer");
    return anna;
  },
  undoing() {
    const anna = new Person(107);
    anna.at(1).type("behalten").pause().do(splitBlock).type("weg").pause();
    undo(anna.view.state);
    redo(anna.view.state);
    anna.change((t) => t.insert(0, block("blockquote", paragraph("Zitat"), paragraph("mehr")))).pause();
    anna.change((t) => t.delete(0, t.doc.firstChild.nodeSize)).pause();
    undo(anna.view.state);
    anna.at(3).type("x").pause().at(3, 6).do(toggleMark(marks.bold)).pause();
    for (let i = 0; i < 4; i++) undo(anna.view.state);
    for (let i = 0; i < 4; i++) redo(anna.view.state);
    while (undo(anna.view.state));
    return anna;
  },
  together() {
    const log = [];
    const anna = new Person(3000000001);
    anna.at(1).type("Gemeinsamer Text");
    const bert = new Person(20, { initial: false }).receive([anna.state()]);
    const cem = new Person(300, { initial: false }).receive([anna.state()]);
    meet(log, anna, bert, cem);
    anna.at(5).type("AAA"), bert.at(5).type("bbb"), cem.at(5).do(splitBlock).type("ccc");
    meet(log, anna, bert, cem);
    anna.change((t) => t.delete(0, t.doc.firstChild.nodeSize));
    bert.at(3).type("im gelöschten Absatz").at(2, 8).do(toggleMark(marks.bold));
    cem.at(2).do(wrapInList(nodes.bulletList)).do(splitListItem(nodes.listItem));
    meet(log, anna, bert, cem);
    bert.change((t) => t.insert(0, nodes.heading.create({ level: 2 }, [text("Von Bert")])));
    meet(log, cem, bert, anna);
    return { updates: log, doc: cem.doc };
  },
  offline() {
    const anna = new Person(401);
    anna.at(1).type("Vorher").change((t) => t.insert(0, block("blockquote", paragraph("eins"), paragraph("zwei"))));
    const bert = new Person(402, { initial: false }).receive([anna.state()]);
    bert.take();
    const log = anna.take();
    // Anna deletes what Bert goes on writing in; she has collected it when his edits come.
    anna.change((t) => t.delete(0, t.doc.firstChild.nodeSize));
    for (let i = 0; i < 30; i++) bert.at(4).do(splitBlock).type("weiter");
    log.push(...anna.take());
    anna.receive([bert.state(Y.encodeStateVector(anna.doc))]);
    log.push(bert.state(Y.encodeStateVectorFromUpdate(Y.mergeUpdates(log))), bert.state());
    anna.at(2).type("später");
    log.push(anna.state(), ...anna.take());
    return { updates: log, doc: anna.doc };
  },
  merged() {
    const anna = scenarios.together();
    const log = anna.updates;
    const merged = Y.mergeUpdates(log);
    const half = Y.mergeUpdates(log.slice(0, log.length / 2));
    const rest = Y.diffUpdate(merged, Y.encodeStateVectorFromUpdate(half));
    return { updates: [half, rest, merged], doc: anna.doc };
  },
  // Somebody who lacks an update has later ones waiting, and leaves a gap when he sends his state.
  gap() {
    const anna = new Person(500);
    anna.at(1).type("abc").do(splitBlock).type("def");
    const log = anna.take();
    const bert = new Person(501, { initial: false });
    bert.receive(log.filter((_, i) => i !== 3));
    return { updates: [bert.state(), ...log, bert.state()], doc: anna.doc };
  },
};

for (const [name, play] of Object.entries(scenarios)) {
  const played = play();
  const base64 = (bytes) => Buffer.from(bytes).toString("base64");
  const golden = {
    updates: played.updates.map(base64),
    stateVector: base64(Y.encodeStateVector(played.doc)),
    state: base64(Y.encodeStateAsUpdate(played.doc)),
  };
  writeFileSync(new URL(`updates-${name}.json`, import.meta.url), JSON.stringify(golden, null, 1) + "\n");
}
