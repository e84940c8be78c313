// Writes content-*.json: a state that browsers' editors made, and what they show of it.
// Run it with `node tests/livetext/golden/content.mjs` after a change of the schema.
import { writeFileSync } from 'node:fs'
import { Editor, Node, schema } from './editor.mjs'

const n = (type, attrs, ...content) => schema.node(type, attrs, content)
const t = (text, ...marks) => schema.text(text, marks)
const m = (type, attrs) => schema.mark(type, attrs)
const p = (...content) => n('paragraph', null, ...content.map((c) => (typeof c === 'string' ? t(c) : c)))
const thread = (k) => m('comment', { thread: `${k}`.repeat(8) + '-0000-4000-8000-000000000000' })
const all = (...blocks) => (transform) => transform.replaceWith(0, transform.doc.content.size, blocks)

const everything = () => new Editor(1).edit(all(
  n('heading', null, t('Ziele')),
  n('heading', { level: 4 }, t('Ein '), t('Grün', m('italic')), t('streifen')),
  p('Größe 1.000,50 € 👨‍👩‍👧 ', t('fett', m('bold')), t('beides', m('bold'), m('italic')),
    t('weg', m('strike')), n('hardBreak'), t('Link', m('link', { href: 'https://example.org/?a=1&b=2' })),
    t('hello', m('language', { lang: 'en' }))),
  p('vor ', t('nur eins', thread(1)), t(' beide', thread(1), thread(2)), t(' nur zwei', m('bold'), thread(2)), ' nach'),
  p(),
  n('blockquote', null, p('Zitat'), n('blockquote', null, p('tiefer'))),
  n('bulletList', null,
    n('listItem', null, p('eins'), n('orderedList', { start: 3 }, n('listItem', null, p('drei')))),
    n('listItem', null, p('zwei'))),
  n('orderedList', null, n('listItem', null, p('a')), n('listItem', null, p())),
  n('taskList', null,
    n('taskItem', { checked: true }, p('fertig')),
    n('taskItem', null, p('offen'), n('taskList', null, n('taskItem', null, p('unter')))))
  ,
  n('table', null,
    n('tableRow', null,
      n('tableHeader', { colspan: 2, colwidth: [120, 80] }, p('Kopf')), n('tableHeader', null, p('Zahl'))),
    n('tableRow', null,
      n('tableHeader', { rowspan: 2 }, p('Zeile')), n('tableCell', null, p('1')), n('tableCell', null, p('2'), p('3'))),
    n('tableRow', null, n('tableCell', null, p()), n('tableCell', null, p('5')))),
  n('image', { src: '/medien/a.png', alt: 'Ein Platz', lang: 'de' }),
  n('image', null),
  n('liveTable', { table: 'costs' }),
  n('liveTable', null)
))

const edited = () => {
  const editor = new Editor(2).edit(all(p('Die Stadt pflanzt Bäume.'), p('Zweiter Absatz.')))
  editor.edit((tr) => tr.insert(10, t(' Kassel')))
  editor.edit((tr) => tr.split(6))
  editor.edit((tr) => tr.addMark(2, 4, m('bold')))
  editor.edit((tr) => tr.addMark(3, 5, thread(3)))
  editor.edit((tr) => tr.removeMark(2, 3, schema.marks.bold))
  editor.edit((tr) => tr.join(7))
  editor.edit((tr) => tr.setBlockType(1, 4, schema.nodes.heading, { level: 3 }))
  editor.edit((tr) => tr.setBlockType(1, 4, schema.nodes.heading, { level: 4 }))
  editor.edit((tr) => tr.delete(tr.doc.content.size - 6, tr.doc.content.size - 1))
  editor.edit((tr) => tr.insert(tr.doc.content.size, n('bulletList', null, n('listItem', null, p('neu')))))
  return editor
}

// Two people without a network: each does one of the changes, then both see both.
const apart = (start, one, other) => {
  const first = new Editor(10).edit(start)
  const second = new Editor(11).take(first.state())
  first.edit(one)
  second.edit(other)
  return first.take(second.state())
}

const list = all(n('bulletList', null, n('listItem', null, p('eins')), n('listItem', null, p('zwei'))), p('danach'))

const cases = {
  everything: everything(),
  edited: edited(),
  empty: new Editor(3),
  emptied: new Editor(4).edit(all(p('weg'))).edit((tr) => tr.delete(1, 4)),
  'same-word': apart(all(p('Der Park wird grün.')), (tr) => tr.insert(9, t('platz')), (tr) => tr.delete(5, 9)),
  'same-empty-paragraph': apart(all(p(), p('x')), (tr) => tr.insert(1, t('von eins')), (tr) => tr.insert(1, t('von zwei'))),
  'list-of-nothing': apart(list, (tr) => tr.delete(1, 9), (tr) => tr.delete(9, 17)),
  'split-and-join': apart(all(p('eins zwei'), p('drei')), (tr) => tr.split(6), (tr) => tr.join(11)),
  'bold-and-comment': apart(all(p('eins zwei drei')), (tr) => tr.addMark(1, 10, m('bold')), (tr) => tr.addMark(6, 15, thread(4))),
  'two-comments': apart(all(p('eins zwei drei')), (tr) => tr.addMark(1, 10, thread(5)), (tr) => tr.addMark(6, 15, thread(6)))
}

for (const [name, editor] of Object.entries(cases)) {
  const update = Buffer.from(editor.state()).toString('base64')
  const content = editor.read().toJSON()
  Node.fromJSON(schema, content).check()
  const file = new URL(`content-${name}.json`, import.meta.url)
  writeFileSync(file, JSON.stringify({ update, content }, null, 1) + '\n')
}
