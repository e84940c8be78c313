// A stock y-websocket provider joins a text: `node stock.mjs <server> <room> <cookie> <origin> <words>`.
// It says the text it has as a line of JSON whenever it changes, and types <words> once in sync.
import { createRequire } from "node:module"

const [server, room, cookie, origin, words, modules] = process.argv.slice(2)
const require = createRequire(`${modules}/package.json`)
const Y = require("yjs")
const { WebsocketProvider } = require("y-websocket")
const WebSocket = require("ws")
const { version } = require("../in4green/livetext/schema.json")

class SignedIn extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: { Cookie: cookie, Origin: origin } })
  }
}

const doc = new Y.Doc()
const root = doc.getXmlFragment("prosemirror")
const provider = new WebsocketProvider(server, room, doc, {
  WebSocketPolyfill: SignedIn,
  params: { schema: String(version) },
  disableBc: true,
})
const say = () => console.log(JSON.stringify(root.toArray().map((block) => block.toDOM ? block.toString() : "")))

doc.on("update", say)
provider.once("sync", () => {
  const paragraph = new Y.XmlElement("paragraph")
  paragraph.insert(0, [new Y.XmlText(words)])
  root.insert(root.length, [paragraph])
})
provider.awareness.setLocalStateField("cursor", null)
