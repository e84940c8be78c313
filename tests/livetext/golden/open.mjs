// Open each text of standard input (a line of base64 each), and say what an editor shows and how
// often it changed the text by only opening it and by writing back what it shows, and whether it
// would repair a table.
import { createInterface } from 'node:readline'
import { Editor, repairs } from './editor.mjs'

for await (const line of createInterface({ input: process.stdin })) {
  const editor = new Editor().take(Buffer.from(line, 'base64'))
  editor.written = 0
  const shown = editor.read()
  const opening = editor.written
  if (editor.root.length) editor.write(shown)
  console.log(JSON.stringify({ shown, opening, writing: editor.written - opening, repairs: repairs(shown) }))
}
