// What the buttons do, by the names they have in the page; and whether it applies where one stands.
import type { ChainedCommands, Editor } from "@tiptap/core";
import { redoCommand, undoCommand } from "y-prosemirror";
import { insertBlock } from "./inserting";
import { indent } from "./schema";

export interface Command {
  run(editor: Editor, value: string): boolean;
  active?(editor: Editor, value: string): boolean;
  can?(editor: Editor): boolean;
}

type Chain = (chain: ChainedCommands) => ChainedCommands;

function chained(chain: Chain, more: Partial<Command> = {}): Command {
  return {
    run: (editor) => chain(editor.chain().focus()).run(),
    can: (editor) => chain(editor.can().chain()).run(),
    ...more,
  };
}

const mark = (name: string): Command =>
  chained((chain) => chain.toggleMark(name), { active: (editor) => editor.isActive(name) });

const heading = (level: 2 | 3 | 4): Command =>
  chained((chain) => chain.setHeading({ level }), {
    active: (editor) => editor.isActive("heading", { level }),
  });

/** One kind of list becomes another by leaving the first: more steps than a dry run follows. */
const list = (chain: Chain, name: string): Command =>
  chained(chain, { active: (editor) => editor.isActive(name), can: () => true });

function moved(editor: Editor, direction: "sinkListItem" | "liftListItem", test: boolean): boolean {
  const commands = test ? editor.can() : editor.commands;
  return indent((type) => commands[direction](type));
}

const inTable = (editor: Editor): boolean => editor.isActive("table");
const tableCommand = (chain: Chain): Command => chained(chain, { can: inTable });

export const commands: Record<string, Command> = {
  paragraph: chained((chain) => chain.setParagraph(), {
    active: (editor) => !editor.isActive("heading"),
    can: () => true,
  }),
  heading2: heading(2),
  heading3: heading(3),
  heading4: heading(4),
  quote: chained((chain) => chain.toggleBlockquote(), {
    active: (editor) => editor.isActive("blockquote"),
  }),
  bold: mark("bold"),
  italic: mark("italic"),
  strike: mark("strike"),
  bullets: list((chain) => chain.toggleBulletList(), "bulletList"),
  numbers: list((chain) => chain.toggleOrderedList(), "orderedList"),
  tasks: list((chain) => chain.toggleTaskList(), "taskList"),
  indent: {
    run: (editor) => moved(editor, "sinkListItem", false) && editor.commands.focus(),
    can: (editor) => moved(editor, "sinkListItem", true),
  },
  outdent: {
    run: (editor) => moved(editor, "liftListItem", false) && editor.commands.focus(),
    can: (editor) => moved(editor, "liftListItem", true),
  },
  insertTable: chained((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), {
    can: (editor) => !inTable(editor),
  }),
  liveTable: {
    run: (editor, table) => insertBlock(editor, { type: "liveTable", attrs: { table } }),
  },
  addRowBefore: tableCommand((chain) => chain.addRowBefore()),
  addRowAfter: tableCommand((chain) => chain.addRowAfter()),
  addColumnBefore: tableCommand((chain) => chain.addColumnBefore()),
  addColumnAfter: tableCommand((chain) => chain.addColumnAfter()),
  toggleHeaderRow: tableCommand((chain) => chain.toggleHeaderRow()),
  toggleHeaderColumn: tableCommand((chain) => chain.toggleHeaderColumn()),
  deleteRow: tableCommand((chain) => chain.deleteRow()),
  deleteColumn: tableCommand((chain) => chain.deleteColumn()),
  deleteTable: tableCommand((chain) => chain.deleteTable()),
  language: {
    run: (editor, lang) => {
      const chain = editor.chain().focus();
      return (lang ? chain.setMark("language", { lang }) : chain.unsetMark("language")).run();
    },
    active: (editor, lang) =>
      lang ? editor.isActive("language", { lang }) : !editor.isActive("language"),
  },
  undo: {
    run: (editor) => undoCommand(editor.state, () => undefined) && editor.commands.focus(),
    can: (editor) => undoCommand(editor.state),
  },
  redo: {
    run: (editor) => redoCommand(editor.state, () => undefined) && editor.commands.focus(),
    can: (editor) => redoCommand(editor.state),
  },
};
