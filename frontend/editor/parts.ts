// A large change in parts that fit into frames, cut between blocks of the text: whoever gets some of
// them has a text that his editor can build. What an editor can't build it deletes, for everybody.
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

export interface Limits {
  bytes: number;
  structs: number;
}

type Struct = Y.Item | Y.GC | Y.Skip;

/** A struct takes three bytes at least: only what could have too many is counted. */
export function fits(update: Uint8Array, { bytes, structs }: Limits): boolean {
  if (update.length > bytes) return false;
  return update.length <= 3 * structs || Y.decodeUpdate(update).structs.length <= structs;
}

/** In their order, the last one with all that was deleted. What has no border stays as it is. */
export function parts(update: Uint8Array, root: Y.XmlFragment, limits: Limits): Uint8Array[] {
  if (fits(update, limits)) return [update];
  const made = gathered(blocks(Y.decodeUpdate(update).structs, root), limits);
  const begun = made.pop()?.[0];
  if (!begun) return [update];
  const before = Y.encodeStateVector(new Map([[begun.id.client, begun.id.clock]]));
  return [...made.map(encoded), Y.diffUpdate(update, before)];
}

/** As many blocks together as the limits allow. */
function gathered(found: Struct[][], limits: Limits): Struct[][] {
  const made: Struct[][] = [];
  let room = { bytes: 0, structs: 0 };
  for (const block of found) {
    const bytes = encoded(block).length;
    if (!made.length || room.bytes < bytes || room.structs < block.length) {
      made.push([]);
      room = { ...limits };
    }
    made.at(-1)?.push(...block);
    room = { bytes: room.bytes - bytes, structs: room.structs - block.length };
  }
  return made;
}

/** Runs of structs: no block has parts in two of them. A single one where that isn't sure. */
function blocks(structs: Struct[], root: Y.XmlFragment): Struct[][] {
  const tops = structs.map(({ id }) => topOf(id, root));
  if (!onlyAdds(structs, tops)) return [structs];
  const ends = new Map(tops.map((top, at) => [top, at]));
  const runs: Struct[][] = [];
  let end = -1;
  structs.forEach((struct, at) => {
    if (at > end) runs.push([]);
    runs.at(-1)?.push(struct);
    const top = tops[at];
    end = Math.max(end, top ? (ends.get(top) ?? at) : at);
  });
  return runs;
}

/** New blocks, and words in old ones: half of another change could be what no editor can build. */
function onlyAdds(structs: Struct[], tops: (Y.Item | null)[]): boolean {
  const [first] = structs;
  if (!first || structs.some(({ id }) => id.client !== first.id.client)) return false;
  const isNew = ({ id }: Y.Item) => id.client === first.id.client && id.clock >= first.id.clock;
  return tops.every((top) => !top || isNew(top) || holdsWords(top));
}

function holdsWords({ content }: Y.Item): boolean {
  const element = content instanceof Y.ContentType ? content.type : null;
  return element instanceof Y.XmlElement && ["paragraph", "heading"].includes(element.nodeName);
}

/** The block that it belongs to; null for what is deleted with all around it. */
function topOf(id: Y.ID, root: Y.XmlFragment): Y.Item | null {
  let item: Y.Item | Y.GC | null = root.doc && Y.getItem(root.doc.store, id);
  while (item instanceof Y.Item && item.parent !== root) item = (item.parent as Y.XmlElement)._item;
  return item instanceof Y.Item ? item : null;
}

/** At least one struct, without what was deleted. */
function encoded(structs: Struct[]): Uint8Array {
  const { client, clock } = (structs[0] as Struct).id;
  const encoder = new Y.UpdateEncoderV1();
  const out = encoder.restEncoder;
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint(out, structs.length);
  encoder.writeClient(client);
  encoding.writeVarUint(out, clock);
  for (const struct of structs) struct.write(encoder, 0);
  encoding.writeVarUint(out, 0);
  return encoder.toUint8Array();
}
