// TipTap's nodes and marks, held to the one definition that the server reads as well: names,
// content, attributes and defaults come from there, behaviour from TipTap.
import { Extension, Mark, Node, type Attributes, type Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import {
  BulletList,
  ListItem,
  ListKeymap,
  OrderedList,
  TaskItem,
  TaskList,
} from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import definition from "../../in4green/livetext/schema.json";
import { clean, type AttributeType } from "./attributes";
import type { LiveTables } from "./live-tables";

interface Definition {
  content?: string;
  group?: string;
  inclusive?: boolean;
  overlaps?: boolean;
  attributes?: Record<string, AttributeType>;
}

const nodes = definition.nodes as Record<string, Definition>;
const marks = definition.marks as Record<string, Definition>;

/** The version that a server must have too, or its texts would be mutilated here. */
export const version = definition.version;
export const root = definition.root;

function attributes(types: Record<string, AttributeType> = {}): Attributes {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      {
        default: type.default ?? null,
        parseHTML: (element: HTMLElement) => clean(element.getAttribute(html(name)), type),
        renderHTML: (values: Record<string, unknown>) => ({ [html(name)]: clean(values[name], type) }),
      },
    ]),
  );
}

function html(name: string): string {
  return { thread: "data-thread", checked: "data-checked", table: "data-live-table" }[name] ?? name;
}

/** Tab leaves the text, whatever an extension would do with it. */
function withoutTab(this: { parent: (() => Record<string, unknown>) | undefined }) {
  const { Tab: _tab, "Shift-Tab": _back, ...kept } = this.parent?.() ?? {};
  return kept as Record<string, () => boolean>;
}

function asDefined<Part extends Node | Mark>(part: Part, more: object = {}): Part {
  const defined = nodes[part.name] ?? marks[part.name];
  if (!defined) throw new Error(`${part.name} is in no text`);
  const extend = part.extend.bind(part) as (config: object) => Part;
  return extend({
    addAttributes: () => attributes(defined.attributes),
    addKeyboardShortcuts: withoutTab,
    ...(part.type === "node" && { content: defined.content ?? "", group: defined.group ?? "" }),
    ...(defined.inclusive !== undefined && { inclusive: defined.inclusive }),
    ...(defined.overlaps && { excludes: "" }),
    ...more,
  });
}

const levelled = {
  addAttributes: () => {
    const { level } = attributes(nodes.heading?.attributes);
    return { level: { ...level, rendered: false, parseHTML: () => null } };
  },
  // The page's title is the one first heading; what is deeper than we go stays a heading.
  parseHTML: () =>
    [2, 1, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      attrs: { level: Math.min(4, Math.max(2, level)) },
    })),
};

const table = {
  addNodeView: () => null,
  renderHTML: () => ["div", { class: "table-frame" }, ["table", { class: "table" }, ["tbody", 0]]],
};

const cell = (tag: string, scope: Record<string, string>) => ({
  renderHTML: ({ HTMLAttributes }: { HTMLAttributes: object }) => [
    tag,
    { ...HTMLAttributes, ...scope },
    0,
  ],
});

const Image = Node.create({
  name: "image",
  draggable: true,
  parseHTML: () => [{ tag: "img[src]", getAttrs: attributeOf("src", "path") }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
});

/** Without a good one, a pasted element isn't what it says to be. */
function attributeOf(name: string, type: string): (element: HTMLElement) => false | null {
  return (element) => (clean(element.getAttribute(name), { type }) ? null : false);
}

/** Made from a room's records: the text says only which one. */
const LiveTable = Node.create({
  name: "liveTable",
  atom: true,
  draggable: true,
  renderHTML: ({ HTMLAttributes }) => ["div", HTMLAttributes],
});

const shown = (tables: LiveTables) => ({
  parseHTML: () => [
    {
      tag: "div[data-live-table]",
      getAttrs: (element: HTMLElement) => (tables.has(element) ? null : false),
    },
  ],
  addNodeView:
    () =>
    ({ node }: { node: { attrs: { table?: string } } }) =>
      tables.view(node.attrs.table ?? ""),
});

const Link = Mark.create({
  name: "link",
  parseHTML: () => [{ tag: "a[href]", getAttrs: attributeOf("href", "address") }],
  renderHTML: ({ HTMLAttributes }) => ["a", { ...HTMLAttributes, rel: "noopener" }, 0],
});

const Language = Mark.create({
  name: "language",
  parseHTML: () => [{ tag: "span[lang]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

const Comment = Mark.create({
  name: "comment",
  // Which of them a pasted passage keeps, `Moving` decides.
  parseHTML: () => [{ tag: "mark[data-thread]" }],
  renderHTML: ({ HTMLAttributes }) => ["mark", HTMLAttributes, 0],
});

/** Lists go in and out by keys that no screen reader and no keyboard layout needs. */
const Indent = Extension.create({
  name: "indent",
  addKeyboardShortcuts() {
    const sink = () => indent(this.editor.commands.sinkListItem);
    const lift = () => indent(this.editor.commands.liftListItem);
    return { "Mod-]": sink, "Mod-[": lift, "Alt-Shift-ArrowRight": sink, "Alt-Shift-ArrowLeft": lift };
  },
});

export function indent(move: (type: string) => boolean): boolean {
  return move("listItem") || move("taskItem");
}

/** `checkbox`: what a task's box is called, with the task's words in place of `{task}`. */
export function extensions(checkbox: (task: string) => string, tables: LiveTables): Extensions {
  return [
    asDefined(Document),
    asDefined(Text),
    asDefined(Paragraph),
    asDefined(Heading, levelled).configure({ levels: [2, 3, 4] }),
    asDefined(Blockquote),
    asDefined(BulletList),
    asDefined(OrderedList),
    asDefined(ListItem),
    asDefined(TaskList),
    asDefined(TaskItem).configure({
      nested: true,
      a11y: { checkboxLabel: (node) => checkbox(node.firstChild?.textContent ?? "") },
    }),
    asDefined(Table, table),
    asDefined(TableRow),
    asDefined(TableHeader, cell("th", { scope: "col" })),
    asDefined(TableCell, cell("td", {})),
    asDefined(Image),
    asDefined(LiveTable, shown(tables)),
    asDefined(HardBreak),
    asDefined(Bold),
    asDefined(Italic),
    asDefined(Strike),
    asDefined(Link),
    asDefined(Language),
    asDefined(Comment),
    ListKeymap.extend({ addKeyboardShortcuts: withoutTab }),
    Indent,
  ];
}
