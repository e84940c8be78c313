// Cuts changes as the editor does, and says which blocks a reader has after each part.
import * as Y from 'yjs'
import { parts } from '../../../frontend/editor/parts.ts'

const SMALL = { bytes: 300, structs: 30 }

const element = (name, ...children) => {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}
const block = (name, words) => element(name, new Y.XmlText(words))
const many = (number) => Array.from({ length: number }, (_, at) => block('paragraph', `${at} `.repeat(30)))
const list = (number) => element('bulletList', ...many(number).map((each) => element('listItem', each)))

const scenes = {
  paragraphs: { change: (root) => root.insert(1, many(8)) },
  'one large block': { change: (root) => root.insert(0, [list(8)]) },
  'words in an old paragraph, then blocks': {
    change: (root) => {
      root.get(0).get(0).insert(0, 'neu ')
      root.insert(1, many(8))
    },
  },
  'an old list, then blocks': {
    before: (root) => root.insert(0, [list(1)]),
    change: (root) => {
      root.get(0).push([element('listItem', block('paragraph', 'neu'))])
      root.insert(1, many(8))
    },
  },
  'a block that is filled last': {
    change: (root) => {
      const item = element('listItem')
      root.insert(0, [element('bulletList', item)])
      root.insert(1, many(8))
      item.insert(0, [block('paragraph', 'zuletzt')])
    },
  },
  'blocks for an old one': {
    change: (root) => {
      root.delete(0, 1)
      root.insert(0, many(8))
    },
  },
}

for (const [name, { before, change }] of Object.entries(scenes)) {
  const doc = new Y.Doc()
  const root = doc.getXmlFragment('prosemirror')
  root.insert(0, [block('paragraph', 'alt')])
  before?.(root)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  let update
  doc.once('update', (bytes) => (update = bytes))
  doc.transact(() => change(root))
  const cut = parts(update, root, SMALL)
  const seen = cut.map((part) => {
    Y.applyUpdate(copy, part)
    return copy.getXmlFragment('prosemirror').toArray().map(String)
  })
  const whole = root.toArray().map(String)
  console.log(JSON.stringify({ name, parts: cut.map((part) => part.length), seen, whole }))
}
