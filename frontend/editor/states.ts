// Who is here, as others say it of themselves: taken in only where it can neither break the editor
// nor speak for us. A caret of the wrong shape would throw in the middle of somebody's change: what
// is shown would lag behind the text, and the next key would delete what others wrote.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { applyAwarenessUpdate, removeAwarenessStates, type Awareness } from "y-protocols/awareness";
import { root } from "./schema";

type Said = Record<string, unknown>;

/** What can't be read is left out: it is no reason to lose the connection. */
export function takeIn(awareness: Awareness, update: Uint8Array, origin: unknown): void {
  try {
    const clients: number[] = [];
    applyAwarenessUpdate(awareness, ofOthers(update, awareness.clientID, clients), origin);
    for (const client of clients) keep(awareness, client);
  } catch (error) {
    console.warn("live text: nobody can read who is here", error);
  }
}

/** Whoever is still here is told anew when the link is back, with the same count as before. */
export function forgetOthers(awareness: Awareness, origin: unknown): void {
  const others = [...awareness.meta.keys()].filter((client) => client !== awareness.clientID);
  removeAwarenessStates(awareness, others, origin);
  for (const client of others) awareness.meta.delete(client);
}

/** The server says who has left; a hidden tab renews itself too seldom to be timed. */
function keep(awareness: Awareness, client: number): void {
  const meta = awareness.meta.get(client);
  if (meta) meta.lastUpdated = Infinity;
}

function ofOthers(update: Uint8Array, own: number, clients: number[]): Uint8Array {
  const decoder = decoding.createDecoder(update);
  const entries = encoding.createEncoder();
  for (let left = decoding.readVarUint(decoder); left; left -= 1) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state: unknown = JSON.parse(decoding.readVarString(decoder));
    if (client === own) continue;
    clients.push(client);
    encoding.writeVarUint(entries, client);
    encoding.writeVarUint(entries, clock);
    encoding.writeVarString(entries, JSON.stringify(drawable(state)));
  }
  const taken = encoding.createEncoder();
  encoding.writeVarUint(taken, clients.length);
  encoding.writeUint8Array(taken, encoding.toUint8Array(entries));
  return encoding.toUint8Array(taken);
}

function drawable(state: unknown): Said | null {
  if (!isSaid(state)) return null;
  const { cursor } = state;
  const fits = isSaid(cursor) && isPosition(cursor.anchor) && isPosition(cursor.head);
  return fits ? state : { ...state, cursor: null };
}

/** Of a relative position of Yjs, `type`, `tname` or `item` says where it is. */
function isPosition(said: unknown): boolean {
  if (!isSaid(said)) return false;
  const { type, tname, item, assoc } = said;
  const places = [type, item].filter((id) => id != null);
  return (
    (places.length > 0 || tname === root) &&
    places.every(isId) &&
    (tname == null || tname === root) &&
    (assoc == null || Number.isInteger(assoc))
  );
}

function isId(said: unknown): boolean {
  return isSaid(said) && Number.isInteger(said.client) && Number.isInteger(said.clock);
}

function isSaid(said: unknown): said is Said {
  return typeof said === "object" && said !== null;
}
