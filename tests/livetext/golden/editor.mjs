// What a browser's editor does with a shared text, without its window: y-prosemirror reads the
// text into ProseMirror and writes ProseMirror's changes back.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../../frontend/package.json', import.meta.url))
export const Y = require('yjs')
export const { Schema, Node, Fragment, Slice } = require('prosemirror-model')
export const { Transform } = require('prosemirror-transform')
const { EditorState } = require('prosemirror-state')
const { fixTables } = require('prosemirror-tables')
const { initProseMirrorDoc, updateYFragment } = require('y-prosemirror')

const TABLES = { table: 'table', tableRow: 'row', tableCell: 'cell', tableHeader: 'header_cell' }

const definition = JSON.parse(
  readFileSync(new URL('../../../in4green/livetext/schema.json', import.meta.url))
)

const attributes = (parts) =>
  Object.fromEntries(
    Object.entries(parts.attributes ?? {}).map(([name, rule]) => [name, { default: rule.default }])
  )

export const schema = new Schema({
  topNode: definition.top,
  nodes: Object.fromEntries(
    Object.entries(definition.nodes).map(([name, { content, group, ...parts }]) => [
      name,
      {
        content,
        group,
        inline: group === 'inline',
        tableRole: TABLES[name],
        attrs: name === 'text' ? undefined : attributes(parts)
      }
    ])
  ),
  marks: Object.fromEntries(
    Object.entries(definition.marks).map(([name, parts]) => [
      name,
      {
        attrs: attributes(parts),
        inclusive: parts.inclusive,
        ...(parts.overlaps ? { excludes: '' } : {})
      }
    ])
  )
})

// Whether the editor would change the tables of a text to make their rows equal.
export const repairs = (doc) => fixTables(EditorState.create({ doc })) !== undefined

export class Editor {
  constructor (clientID) {
    this.shared = new Y.Doc()
    if (clientID) this.shared.clientID = clientID
    this.root = this.shared.getXmlFragment(definition.root)
    this.written = 0
    this.shared.on('update', () => { this.written += 1 })
  }

  take (update) {
    Y.applyUpdate(this.shared, update)
    return this
  }

  // The text as the editor shows it; nodes that it can't build are deleted for everybody.
  read () {
    const { meta } = this.opened = initProseMirrorDoc(this.root, schema)
    const nodes = this.root.toArray().map((type) => meta.mapping.get(type)).filter(Boolean)
    const empty = schema.topNodeType.createAndFill()
    // As the plugin puts the text into its view.
    return new Transform(empty).replace(0, empty.content.size, new Slice(Fragment.from(nodes), 0, 0)).doc
  }

  // A change by a person: what it does to ProseMirror's document is written to the shared one.
  edit (change) {
    const transform = new Transform(this.read())
    change(transform)
    this.write(transform.doc)
    return this
  }

  write (doc) {
    updateYFragment(this.shared, this.root, doc, this.opened.meta)
  }

  state () {
    return Y.encodeStateAsUpdate(this.shared)
  }
}
