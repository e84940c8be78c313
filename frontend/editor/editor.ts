// One text in the page: everything that belongs to it, put together.
import { Editor, Extension } from "@tiptap/core";
import { Dropcursor, Gapcursor } from "@tiptap/extensions";
import { redoCommand, undoCommand, yCursorPlugin, ySyncPlugin, yUndoPlugin } from "y-prosemirror";
import * as Y from "yjs";
import { caret, selection, type Person } from "./carets";
import { Comments } from "./comments";
import { imageDialog, LinkDialog } from "./dialogs";
import { Find, FindBar } from "./find";
import { GoingOn } from "./inserting";
import { LiveTables } from "./live-tables";
import { Moving } from "./moving";
import { wireOutline } from "./outline";
import { Outbox, type Kept } from "./outbox";
import { part, sayFrom, type Say } from "./page";
import { cleanPasted } from "./paste";
import { Pending } from "./pending";
import { Presence } from "./presence";
import { Provider } from "./provider";
import { Rescue } from "./rescue";
import { SavedState } from "./saved";
import { extensions, root as rootName } from "./schema";
import { wireSheets } from "./sheets";
import { Toolbar } from "./toolbar";

const RIGHTS: Record<string, string[]> = {
  write: ["write", "suggest", "comment"],
  suggest: ["suggest", "comment"],
  comment: ["comment"],
};

export async function mount(root: HTMLElement): Promise<void> {
  const { address = "", user = "", keep } = root.dataset;
  const name = address.split("/").at(-1) ?? "";
  const outbox = keep === "yes" ? await Outbox.open(name, user) : null;
  const pending = new Pending(outbox);
  const text = new OpenText(root, new Y.Doc(), pending);
  await pending.restore(text.doc);
  const leftBehind = (await outbox?.ofOtherEpochs()) ?? [];
  text.start(leftBehind, async () => outbox?.remove(leftBehind.map(({ key }) => key)));
}

class OpenText {
  private readonly say: Say;
  private readonly provider: Provider;
  private readonly presence: Presence;
  private readonly saved: SavedState;
  private readonly rescue: Rescue;
  private writing: Writing | null = null;

  constructor(
    private readonly root: HTMLElement,
    readonly doc: Y.Doc,
    pending: Pending,
  ) {
    const { address = "", user = "" } = root.dataset;
    this.say = sayFrom(root);
    this.provider = new Provider(doc, pending, { address, user }, {
      changed: () => this.refresh(),
      edited: (clients) => this.presence.changed(clients),
      stale: (parts) => this.renew(parts),
    });
    this.presence = new Presence(root, this.provider, this.say);
    this.saved = new SavedState(root, this.provider, this.say, () => this.refresh());
    this.rescue = new Rescue(root, this.provider, this.say, () => this.writing?.content);
    wireSheets(root);
  }

  start(leftBehind: Kept[], forget: () => Promise<void>): void {
    if (leftBehind.length) this.rescue.earlier(leftBehind, forget);
    this.provider.start();
  }

  private refresh(): void {
    const { provider } = this;
    this.saved.refresh();
    this.rescue.refresh();
    this.presence.show();
    if (provider.synced) this.writing ??= new Writing(this.root, this.doc, provider, this.say);
    this.writing?.allow(provider.canWrite && this.saved.state !== "stopped");
  }

  /** Parts of the page that are plain HTML: comments here, the rest is for whoever listens. */
  private renew(parts: string[]): void {
    if (parts.includes("comments")) void this.writing?.comments.refresh();
    if (parts.includes("tables")) this.writing?.tables.refresh();
    this.root.dispatchEvent(new CustomEvent("changed", { detail: parts, bubbles: true }));
  }
}

/** The text itself, once it is there in full. */
class Writing {
  readonly comments: Comments;
  readonly tables: LiveTables;
  private readonly editor: Editor;
  private readonly toolbar: Toolbar;

  constructor(
    root: HTMLElement,
    doc: Y.Doc,
    private readonly provider: Provider,
    say: Say,
  ) {
    this.tables = new LiveTables(root, say);
    this.editor = createEditor(root, doc, provider, say, this.tables);
    const { editor } = this;
    const find = new FindBar(root, editor, say);
    const link = new LinkDialog(root, editor, say);
    this.comments = new Comments(root, editor, say, () => provider.canWrite);
    const { imageUrl } = root.dataset;
    const openers = {
      find: () => find.open(),
      link: () => void link.open(),
      comment: () => this.comments.go(),
      ...(imageUrl && { image: imageDialog(root, editor, imageUrl, say) }),
    };
    this.toolbar = new Toolbar(root, editor, openers);
    wireKeys(root, openers, provider);
    editor.view.dom.addEventListener("keydown", (event) => {
      if (event.altKey && event.key === "F10") this.toolbar.focus();
    });
    wireComposition(editor, provider);
    wireOutline(root, editor, say);
  }

  get content(): unknown {
    return this.editor.getJSON();
  }

  allow(writing: boolean): void {
    if (this.editor.isEditable !== writing) this.editor.setEditable(writing, false);
    const { connected, mode, end } = this.provider;
    const rights = connected && !end ? (RIGHTS[mode] ?? []) : writing ? ["write"] : [];
    this.toolbar.allow(new Set(writing ? rights : rights.filter((right) => right !== "write")));
  }
}

function createEditor(
  root: HTMLElement,
  doc: Y.Doc,
  provider: Provider,
  say: Say,
  tables: LiveTables,
): Editor {
  const reading = part(root, "[data-reading]");
  const place = document.createElement("div");
  const { editor: id = "", label = "" } = root.dataset;
  const editor = new Editor({
    element: place,
    injectCSS: false,
    editable: false,
    extensions: [
      ...extensions((task) => say("task", { task }), tables),
      together(doc, provider),
      Find,
      GoingOn,
      Moving,
      FocusAtOnce,
      Gapcursor,
      Dropcursor.configure({ color: false, class: "drop-cursor" }),
    ],
    editorProps: {
      attributes: () => ({
        id,
        class: "writing",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        "aria-readonly": String(!provider.canWrite),
      }),
      transformPastedHTML: (html) => cleanPasted(html, say("picture-left")),
    },
  });
  reading.replaceWith(place);
  return editor;
}

/** TipTap's own waits for the next frame, and then puts the caret back where it was before: what is
 * typed meanwhile would go elsewhere. */
const FocusAtOnce = Extension.create({
  name: "focusAtOnce",
  addCommands: () => ({
    focus: () => ({ view, dispatch }) => {
      if (dispatch) view.focus();
      return true;
    },
  }),
});

/** The shared text, others' carets, and undo of one's own changes alone. */
function together(doc: Y.Doc, provider: Provider): Extension {
  return Extension.create({
    name: "together",
    addProseMirrorPlugins: () => [
      ySyncPlugin(doc.getXmlFragment(rootName)),
      yUndoPlugin(),
      yCursorPlugin(provider.awareness, {
        cursorBuilder: (person: Person) => caret(person),
        selectionBuilder: (person: Person) => selection(person),
      }),
    ],
    addKeyboardShortcuts: () => ({
      "Mod-z": ({ editor }) => undoCommand(editor.state, () => undefined),
      "Mod-y": ({ editor }) => redoCommand(editor.state, () => undefined),
      "Shift-Mod-z": ({ editor }) => redoCommand(editor.state, () => undefined),
    }),
  });
}

/** Undo of the browser's own menu, of a phone's gesture too, is ours. */
function wireComposition(editor: Editor, provider: Provider): void {
  const { dom } = editor.view;
  dom.addEventListener("compositionstart", () => provider.hold(true));
  // After ProseMirror has read the composed word.
  dom.addEventListener("compositionend", () => setTimeout(() => provider.hold(false), 50));
  dom.addEventListener("blur", () => provider.hold(false));
  dom.addEventListener("beforeinput", (event) => {
    const command = { historyUndo: undoCommand, historyRedo: redoCommand }[event.inputType];
    if (!command) return;
    event.preventDefault();
    command(editor.state, () => undefined);
  });
}

function wireKeys(
  root: HTMLElement,
  openers: { find(): void; link(): void; comment(): void },
  provider: Provider,
): void {
  root.addEventListener("keydown", (event) => {
    // AltGr writes a letter: on Windows it looks like Control and Alt.
    if (!(event.ctrlKey || event.metaKey) || event.getModifierState("AltGraph")) return;
    const key = event.key.toLowerCase();
    const opener = event.altKey
      ? { f: openers.find, m: openers.comment }[key]
      : key === "k" && !event.shiftKey && provider.canWrite && openers.link;
    if (!opener) return;
    event.preventDefault();
    opener();
  });
}
