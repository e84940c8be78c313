// Where one goes on writing after a block without words was put in: behind it. It would be selected
// otherwise, and the next key would take its place.
import { Extension, type Editor, type JSONContent } from "@tiptap/core";
import { NodeSelection, Plugin, TextSelection, type Transaction } from "@tiptap/pm/state";

export function insertBlock(editor: Editor, content: JSONContent): boolean {
  const chain = editor.chain().focus().insertContent(content);
  return chain.command(({ tr }) => goOn(tr)).run();
}

export const GoingOn = Extension.create({
  name: "goingOn",
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction: (transactions, _before, { selection, tr }) => {
        const pasted = transactions.some((each) => each.getMeta("paste"));
        return pasted && selection instanceof NodeSelection && goOn(tr) ? tr : null;
      },
    }),
  ],
});

function goOn(tr: Transaction): boolean {
  const { selection, doc } = tr;
  if (!(selection instanceof NodeSelection)) return true;
  const empty = doc.type.schema.nodes.paragraph?.create();
  if (empty && !doc.resolve(selection.to).nodeAfter?.isTextblock) tr.insert(selection.to, empty);
  tr.setSelection(TextSelection.create(tr.doc, selection.to + 1)).scrollIntoView();
  return true;
}
